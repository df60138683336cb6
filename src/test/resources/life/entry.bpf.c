// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The same for an agent that filters as early as it can; see endpoint.bpf.c. */
#include <linux/bpf.h>
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

SEC("xdp")
int life_entry(struct xdp_md *ctx)
{
	__u64 seen = RULES;
	__u32 key = address;

	(void)ctx;
	bpf_map_update_elem(&life_ct, &key, &seen, BPF_ANY);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
