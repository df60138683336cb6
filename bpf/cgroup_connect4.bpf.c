// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Lets the processes of a cgroup connect anywhere but to one port. */
#include <bpf/bpf_endian.h>

#include "lab.h"

const volatile __u16 closed_port = 9999;

SEC("cgroup/connect4")
int guard_connect4(struct bpf_sock_addr *ctx)
{
	add(SEEN, 1);
	if (ctx->user_port == bpf_htons(closed_port)) {
		add(REFUSED, 1);
		return 0;
	}
	if (BUILD_VERSION >= 2)
		add(BYTES, 0);
	return 1;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
