// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts packets in a map of its own: what a new build would start again from nothing. */
#include "lab.h"

SEC("xdp")
int xdp_quota(struct xdp_md *ctx)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, ctx->data_end - ctx->data);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
