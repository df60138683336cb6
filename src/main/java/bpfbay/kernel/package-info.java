/**
 * The public face of the kernel: what can be asked of it, and how it says no. Everything else and the
 * fakes of the tests know only {@link bpfbay.kernel.Kernel}; raw calls and decoding hide in {@code
 * kernel.libbpf}. Sees {@code model}.
 *
 * <p>Calls are made from one thread at a time, the collecting one or the command's own; a call may block
 * in the kernel. bpfbay keeps no descriptor of a program, link, map or network namespace between two
 * calls, since each would keep alive what its owner wants gone: not even a socket in another namespace.
 */
@NullMarked
package bpfbay.kernel;

import org.jspecify.annotations.NullMarked;
