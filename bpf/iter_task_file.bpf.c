// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Who holds which BPF object. A file is told by its release function, not by
 * its operations: these are data, which /proc/kallsyms leaves out on kernels
 * without CONFIG_KALLSYMS_ALL.
 */
#include "kernel_types.h"
#include "records.h"

#ifdef RELEASE_BY_KALLSYMS
extern const void bpf_prog_release __ksym;
extern const void bpf_link_release __ksym;
extern const void bpf_map_release __ksym;
#else
/*
 * Found by BTF, which spares libbpf reading /proc/kallsyms: that costs more
 * than all the rest of loading. The kernel takes such an address since 6.4.
 */
extern int bpf_prog_release(struct inode *inode, struct file *file) __ksym;
extern int bpf_link_release(struct inode *inode, struct file *file) __ksym;
extern int bpf_map_release(struct inode *inode, struct file *file) __ksym;
#endif

SEC("iter/task_file")
int bpfbay_files(struct bpf_iter__task_file *ctx)
{
	struct task_struct *task = ctx->task, *self;
	struct holding_record record = {};
	struct file *file = ctx->file;
	unsigned int level;
	struct pid *pid;
	void *release;

	if (!task || !file)
		return 0;
	release = file->f_op->release;
	if (release == (void *)&bpf_prog_release) {
		record.kind = HELD_PROG;
		record.id = BPF_CORE_READ((struct bpf_prog *)file->private_data, aux, id);
	} else if (release == (void *)&bpf_link_release) {
		record.kind = HELD_LINK;
		record.id = BPF_CORE_READ((struct bpf_link *)file->private_data, id);
	} else if (release == (void *)&bpf_map_release) {
		record.kind = HELD_MAP;
		record.id = BPF_CORE_READ((struct bpf_map *)file->private_data, id);
	} else {
		return 0;
	}

	/*
	 * The walk shows only tasks of the reader's pid namespace and those
	 * below it. Each has a number on every level down to its own; the one
	 * on the reader's level is the number that the reader knows it by.
	 */
	self = (struct task_struct *)bpf_get_current_task();
	level = BPF_CORE_READ(self, thread_pid, level);
	pid = BPF_CORE_READ(task, group_leader, thread_pid);
	if (!pid)
		return 0;
	bpf_core_read(&record.tgid, sizeof(record.tgid), &pid->numbers[0].nr);
	if (level) {
		/* Offsets of later elements are the first one's plus the size: no BTF access has a variable index. */
		unsigned long first = (unsigned long)pid + bpf_core_field_offset(struct pid, numbers);

		bpf_probe_read_kernel(&record.tgid, sizeof(record.tgid),
				      (void *)(first + (unsigned long)level * bpf_core_type_size(struct upid) +
					       bpf_core_field_offset(struct upid, nr)));
	}
	record.start_boottime = BPF_CORE_READ(task, group_leader, start_boottime);
	BPF_CORE_READ_STR_INTO(&record.comm, task, group_leader, comm);
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#ifndef BPFBAY_TOGETHER
char LICENSE[] SEC("license") = "Dual BSD/GPL";
#endif
