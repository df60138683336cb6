/**
 * What this kernel, libbpf and these privileges allow: features tried by {@link
 * bpfbay.kernel.FeatureProbes}, and facts of the host from /proc and /sys. Sees {@code model} and {@code
 * kernel}. Any one thread.
 */
@NullMarked
package bpfbay.probe;

import org.jspecify.annotations.NullMarked;
