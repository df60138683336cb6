// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What a container network's agent loads for one pod: connections of all pods, the rules of this one, its own
 * tail calls, and constants of its own. The names with 0000 and the two large numbers are written over in the
 * object file, as other agents do with a header before they compile.
 */
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>

#define RULES 0x5eed0000

const volatile __u32 address = 0x0e9d0000;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, __u32);
	__type(value, __u64);
} life_ct SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
	__type(key, __u32);
	__type(value, __u32);
} life_pol_0000 SEC(".maps");

int life_tail(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, int(struct __sk_buff *));
} life_calls_0000 SEC(".maps") = {
	.values = { [1] = (void *)&life_tail },
};

SEC("tc")
int life_tail(struct __sk_buff *skb)
{
	__u32 key = address;

	skb->mark = RULES;
	return bpf_map_lookup_elem(&life_pol_0000, &key) ? TC_ACT_SHOT : TC_ACT_UNSPEC;
}

SEC("tc")
int life_from_pod(struct __sk_buff *skb)
{
	__u64 seen = RULES;
	__u32 key = address;

	bpf_map_update_elem(&life_ct, &key, &seen, BPF_ANY);
	bpf_tail_call(skb, &life_calls_0000, 1);
	return TC_ACT_UNSPEC;
}

SEC("tc")
int life_to_pod(struct __sk_buff *skb)
{
	__u32 key = address;

	skb->mark = RULES;
	return bpf_map_lookup_elem(&life_ct, &key) ? TC_ACT_UNSPEC : TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
