// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

/* Loads through pointers of the kernel, which fault without harm. */

struct seq_file;

struct task_struct {
	int pid;
	struct task_struct *group_leader;
} __attribute__((preserve_access_index));

struct bpf_iter_meta {
	struct seq_file *seq;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} __attribute__((preserve_access_index));

SEC("iter/task")
int iter_kernel_memory(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	char text[] = "x";

	if (!task)
		return 0;
	if (task->group_leader->group_leader->pid == 1)
		bpf_seq_write(ctx->meta->seq, text, sizeof(text));
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
