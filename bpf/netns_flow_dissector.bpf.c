// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Finds the flow of a packet by its network protocol alone. */
#include <linux/in.h>

#include "lab.h"

SEC("flow_dissector")
int dissect_flow(struct __sk_buff *skb)
{
	struct bpf_flow_keys *keys = skb->flow_keys;

	keys->ip_proto = IPPROTO_UDP;
	add(SEEN, 1);
	return BPF_OK;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
