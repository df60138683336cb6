// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The way in of a network plugin: counts and passes on. */
#include "lab.h"

#define TCX_NEXT (-1)

const volatile __u32 endpoint = 7;

SEC("tc")
int mesh_from_net(struct __sk_buff *skb)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, skb->len);
	if (skb->mark == endpoint)
		add(REFUSED, 1);
	return TCX_NEXT;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
