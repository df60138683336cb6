// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Sees every lookup of a listening socket and leaves it as it is. */
#include "lab.h"

SEC("sk_lookup")
int steer_lookup(struct bpf_sk_lookup *ctx)
{
	(void)ctx;
	add(SEEN, 1);
	return SK_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
