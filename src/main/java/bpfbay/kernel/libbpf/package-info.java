/**
 * The kernel by libbpf and the shim, in three rings: raw (C's names with primitives only, one class a
 * concern: the shim's by JNI, which is there at once, libbpf's and libc's by JNA direct mapping), decode (pure functions from bytes to records of the model), and {@link
 * bpfbay.kernel.libbpf.LibbpfKernel}, which composes one small source a question. Sees {@code kernel},
 * {@code model} and {@code btf}; only {@code cli} sees it.
 *
 * <p>One thread at a time, but for the one that {@code SenderSource} keeps waiting for notifications. The buffers belong to the source that fills them, so nothing here is shared
 * between two kernels. Whatever changes a thread's namespace does so, and comes back, inside one call of
 * the shim.
 */
@NullMarked
package bpfbay.kernel.libbpf;

import org.jspecify.annotations.NullMarked;
