// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts and accepts. libbpf before 1.3 does not know the section: who loads it says the type. */
#include "lab.h"

#define NF_ACCEPT 1

SEC("netfilter")
int nf_count(void *ctx)
{
	(void)ctx;
	add(SEEN, 1);
	return NF_ACCEPT;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
