// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * What one interface of a large lab gets: the three programs with one map.
 * Loaded a thousand times, so as one object.
 */
#include <linux/pkt_cls.h>

#include "lab.h"

SEC("xdp")
int node_xdp(struct xdp_md *ctx)
{
	(void)ctx;
	add(SEEN, 1);
	return XDP_PASS;
}

SEC("tc")
int node_classify(struct __sk_buff *skb)
{
	(void)skb;
	add(SEEN, 1);
	return TC_ACT_UNSPEC;
}

SEC("tc")
int node_from_net(struct __sk_buff *skb)
{
	(void)skb;
	add(SEEN, 1);
	return TC_ACT_UNSPEC;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
