// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel_types.h"
#include "records.h"

SEC("iter/bpf_map")
int bpfbay_maps(struct bpf_iter__bpf_map *ctx)
{
	struct bpf_map *map = ctx->map;
	struct map_record record = {};

	if (!map)
		return 0;
	record.id = map->id;
	record.type = map->map_type;
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#ifndef BPFBAY_TOGETHER
char LICENSE[] SEC("license") = "Dual BSD/GPL";
#endif
