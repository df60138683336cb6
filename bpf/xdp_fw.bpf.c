// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A firewall of one rule: UDP to one port is dropped. */
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <bpf/bpf_endian.h>

#include "lab.h"

const volatile __u16 blocked_port = 9999;

SEC("xdp")
int xdp_fw(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);

	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, end - data);
	if ((void *)(udp + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->ihl == 5 && ip->protocol == 17 && udp->dest == bpf_htons(blocked_port)) {
		add(REFUSED, 1);
		return XDP_DROP;
	}
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
