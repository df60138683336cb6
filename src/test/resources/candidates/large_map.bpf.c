// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* More memory than any machine that runs this has. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 0x7fffffff);
	__type(key, __u32);
	__uint(value_size, 4096);
} sea SEC(".maps");

SEC("xdp")
int sail(struct xdp_md *ctx)
{
	__u32 key = 0;

	return bpf_map_lookup_elem(&sea, &key) ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
