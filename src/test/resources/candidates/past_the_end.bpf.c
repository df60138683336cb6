// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What no verifier lets through: a read behind the packet, after enough states to make the log long. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int peek(struct xdp_md *ctx)
{
	int i, bits = 0;

	for (i = 0; i < 1000; i++) {
		if (bpf_get_prandom_u32() & 1)
			bits++;
	}
	return *(volatile char *)(long)ctx->data_end + bits;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
