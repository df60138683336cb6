// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Who calls bpf(2) to change something: each call that succeeded, at its end.
 * This runs on every system call of the host, so all but one of them leave at
 * the first comparison. Reading the registers needs no helper: the kernel's
 * BTF tells what the pointer is.
 */
#include "kernel_types.h"
#include "records.h"

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

/* Registers of the caller, as they were when it called. */
#if defined(__TARGET_ARCH_x86)
#define BPF_SYSCALL 321

struct pt_regs {
	unsigned long di;
	unsigned long orig_ax;
};

#define SYSCALL_OF(regs) ((int)(regs)->orig_ax)
#define FIRST_ARGUMENT_OF(regs) ((int)(regs)->di)
#elif defined(__TARGET_ARCH_arm64)
#define BPF_SYSCALL 280

struct pt_regs {
	__u64 orig_x0;
	__s32 syscallno;
};

#define SYSCALL_OF(regs) ((regs)->syscallno)
#define FIRST_ARGUMENT_OF(regs) ((int)(regs)->orig_x0)
#else
#error "which registers hold the number of a system call and its first argument?"
#endif

#pragma clang attribute pop

/* The commands after which something else is loaded, attached or pinned: a bit each. */
#define CHANGING                                                                                                \
	(1ULL << BPF_PROG_LOAD | 1ULL << BPF_OBJ_PIN | 1ULL << BPF_PROG_ATTACH | 1ULL << BPF_PROG_DETACH |      \
	 1ULL << BPF_RAW_TRACEPOINT_OPEN | 1ULL << BPF_LINK_CREATE | 1ULL << BPF_LINK_UPDATE |                  \
	 1ULL << BPF_LINK_DETACH)

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 1 << 18);
} calls SEC(".maps");

/* Calls for which there was no room. */
__u64 lost;

SEC("tp_btf/sys_exit")
int bpfbay_calls(__u64 *ctx)
{
	const struct pt_regs *regs = (const struct pt_regs *)ctx[0];
	long result = (long)ctx[1];
	struct call_record *record;
	unsigned int command;

	if (SYSCALL_OF(regs) != BPF_SYSCALL)
		return 0;
	command = FIRST_ARGUMENT_OF(regs);
	if (result < 0 || command > 63 || !(CHANGING >> command & 1))
		return 0;
	record = bpf_ringbuf_reserve(&calls, sizeof(*record), 0);
	if (!record) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}
	record->boot_ns = bpf_ktime_get_boot_ns();
	record->tgid = bpf_get_current_pid_tgid() >> 32;
	record->command = command;
	bpf_get_current_comm(record->comm, sizeof(record->comm));
	/* bpfbay looks when it looks: nobody has to be woken */
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
