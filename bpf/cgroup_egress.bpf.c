// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Counts what the processes of a cgroup send. */
#include "lab.h"

SEC("cgroup_skb/egress")
int acct_egress(struct __sk_buff *skb)
{
	add(SEEN, 1);
	if (BUILD_VERSION >= 2)
		add(BYTES, skb->len);
	return 1;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
