// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Lets packets in up to some length, and remembers nothing. */
#include "lab.h"

const volatile __u32 longest = BUILD_VERSION >= 2 ? 9000 : 1500;

SEC("xdp")
int xdp_gate(struct xdp_md *ctx)
{
	if (BUILD_VERSION >= 2 && ctx->data_end == ctx->data)
		return XDP_ABORTED;
	return ctx->data_end - ctx->data > longest + 14 ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
