// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Two agents that want the same place: one leaves packets to the next, one lets them pass itself. */
#include <linux/pkt_cls.h>

#include "lab.h"

SEC("tc")
int agent_a(struct __sk_buff *skb)
{
	(void)skb;
	add(SEEN, 1);
	return TC_ACT_UNSPEC;
}

SEC("tc")
int agent_b(struct __sk_buff *skb)
{
	(void)skb;
	add(REFUSED, 1);
	return TC_ACT_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
