// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Its section is one that libbpf knows since 1.3. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tcx/ingress")
int from_net(struct __sk_buff *skb)
{
	return skb->len ? -1 : 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
