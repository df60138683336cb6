// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs of somebody else, one of which happens to have the name of an agent's. */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u32);
} seen SEC(".maps");

static __always_inline int look(void)
{
	__u32 key = 1;

	return !!bpf_map_lookup_elem(&seen, &key);
}

SEC("tc")
int life_from_pod(struct __sk_buff *skb)
{
	(void)skb;
	return look() ? TC_ACT_SHOT : TC_ACT_OK;
}

SEC("tc")
int stranger_filter(struct __sk_buff *skb)
{
	(void)skb;
	return look() ? TC_ACT_OK : TC_ACT_SHOT;
}

SEC("xdp")
int stranger_xdp(struct xdp_md *ctx)
{
	(void)ctx;
	return look() ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
