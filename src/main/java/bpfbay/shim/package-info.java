/**
 * Where the C shim is, and its loading. Its functions are native methods of {@code kernel.libbpf} and {@code tui.terminal},
 * bound by JNI: what they need is there at once, where a library of calls would first have to be set up. Sees nothing.
 */
@NullMarked
package bpfbay.shim;

import org.jspecify.annotations.NullMarked;
