// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Calls of every sort: helpers, own functions, a callback, a tail call; maps and global data. */

struct flow_key {
	__u32 saddr;
	__u16 port;
	__u8 proto : 3;
	__u8 flags : 5;
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, struct flow_key);
	__type(value, __u64);
} flows SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__uint(value_size, 4);
} jumps SEC(".maps");

const volatile int limit = 3;
long counter;

static __attribute__((noinline)) int count(struct xdp_md *ctx, int by)
{
	counter += by;
	return ctx->ingress_ifindex + by;
}

static long add(__u32 index, void *sum)
{
	*(long *)sum += index;
	return 0;
}

SEC("xdp")
int xdp_subprograms(struct xdp_md *ctx)
{
	struct flow_key key = { .saddr = ctx->rx_queue_index };
	__u64 *value = bpf_map_lookup_elem(&flows, &key);
	long sum = 0;

	if (!value)
		return count(ctx, limit);
	__sync_fetch_and_add(value, 1);
	bpf_loop(4, add, &sum, 0);
	bpf_trace_printk("x", 2);
	bpf_tail_call(ctx, &jumps, 2);
	return sum + count(ctx, 2);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
