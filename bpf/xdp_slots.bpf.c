// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Asks two functions in turn, which freplace programs may take the place of. */
#include "lab.h"

__attribute__((noinline)) int slot_first(struct xdp_md *ctx)
{
	volatile int verdict = XDP_PASS;

	if (!ctx)
		return XDP_ABORTED;
	return verdict;
}

__attribute__((noinline)) int slot_second(struct xdp_md *ctx)
{
	volatile int verdict = XDP_PASS;

	if (!ctx)
		return XDP_ABORTED;
	return verdict;
}

SEC("xdp")
int xdp_slots(struct xdp_md *ctx)
{
	int verdict = slot_first(ctx);

	if (verdict != XDP_PASS)
		return verdict;
	return slot_second(ctx);
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
