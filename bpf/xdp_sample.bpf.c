// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts packets, and the bytes of one in so many. */
#include "lab.h"

const volatile __u32 one_in = 16;

SEC("xdp")
int xdp_sample(struct xdp_md *ctx)
{
	add(SEEN, 1);
	if (one_in && bpf_get_prandom_u32() % one_in == 0)
		add(BYTES, ctx->data_end - ctx->data);
	if (BUILD_VERSION >= 2)
		add(REFUSED, 0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
