/**
 * A program's xlated instructions as text, in the notation of the kernel's verifier and of bpftool
 * ({@code kernel/bpf/disasm.c}), with functions and source lines where BTF has them. Nothing in the bytes
 * is believed: an unknown opcode is a line that says so, as the kernel says it. Sees model and btf. Pure;
 * any thread.
 *
 * <p>Where bpftool can read an instruction the text is bpftool's. It cannot read the loads and atomics that
 * the kernel turns into fault-catching ones and forgets to turn back for a dump (BPF_PROBE_MEMSX,
 * BPF_PROBE_MEM32SX, BPF_PROBE_ATOMIC) and prints {@code BUG_ldx_59}; here they read as what they do.
 */
@NullMarked
package bpfbay.disasm;

import org.jspecify.annotations.NullMarked;
