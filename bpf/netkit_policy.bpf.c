// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The way out of a container on a netkit device: counts and passes on. */
#include "lab.h"

#define NETKIT_NEXT (-1)

SEC("tc")
int pod_policy(struct __sk_buff *skb)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, skb->len);
	return NETKIT_NEXT;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
