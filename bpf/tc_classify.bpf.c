// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Sets the class of a packet by its length and leaves the verdict to the next one. */
#include <linux/pkt_cls.h>

#include "lab.h"

const volatile __u32 long_packet = 512;

SEC("tc")
int edge_classify(struct __sk_buff *skb)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, skb->len);
	skb->tc_classid = skb->len >= long_packet ? 2 : 1;
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
