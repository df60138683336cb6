// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Fine for the verifier and wrong for the traffic: nothing comes in. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int xdp_cut(struct xdp_md *ctx)
{
	(void)ctx;
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
