// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Takes the place of a function of xdp_slots. */
#include "lab.h"

SEC("freplace")
int count_slot(struct xdp_md *ctx)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, ctx->data_end - ctx->data);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
