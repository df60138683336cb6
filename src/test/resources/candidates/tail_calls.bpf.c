// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Its slots are filled by whoever loads it: libbpf does so also in a map that was there before. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

int last(struct xdp_md *ctx);
int other(struct xdp_md *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 4);
	__uint(key_size, sizeof(__u32));
	__array(values, int(struct xdp_md *));
} jumps SEC(".maps") = {
	.values = {
		[0] = &last,
		[2] = &other,
	},
};

__u64 seen;

SEC("xdp")
int entry(struct xdp_md *ctx)
{
	__sync_fetch_and_add(&seen, 1);
	bpf_tail_call(ctx, &jumps, 0);
	return XDP_ABORTED;
}

SEC("xdp")
int last(struct xdp_md *ctx)
{
	return XDP_PASS;
}

SEC("xdp")
int other(struct xdp_md *ctx)
{
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
