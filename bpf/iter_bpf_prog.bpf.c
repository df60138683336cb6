// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel_types.h"
#include "records.h"

SEC("iter/bpf_prog")
int bpfbay_progs(struct bpf_iter__bpf_prog *ctx)
{
	struct bpf_prog *prog = ctx->prog;
	struct prog_record record = {};

	if (!prog)
		return 0;
	record.id = prog->aux->id;
	record.type = prog->type;
	record.load_time = prog->aux->load_time;
	record.expected_attach_type = prog->expected_attach_type;
	record.refcnt = prog->aux->refcnt.counter;
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#ifndef BPFBAY_TOGETHER
char LICENSE[] SEC("license") = "Dual BSD/GPL";
#endif
