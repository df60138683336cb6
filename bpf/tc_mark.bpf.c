// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Marks packets for the routing that comes later. */
#include <linux/pkt_cls.h>

#include "lab.h"

const volatile __u32 mark = 0x100;

SEC("tc")
int qos_mark(struct __sk_buff *skb)
{
	skb->mark = mark;
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, skb->len);
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
