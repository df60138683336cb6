// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Loads from the packet as classic BPF did them, which the verifier rewrites. */

SEC("socket")
int socket_packet(struct __sk_buff *skb)
{
	asm volatile("r6 = %[skb]; r0 = *(u8 *)skb[0]; r7 = r0;\n"
		     "r0 = *(u16 *)skb[12]; .8byte 0x0000000200007040;\n"
		     /* the last is r0 = *(u32 *)skb[r7 + 2] */
		     :
		     : [skb] "r"(skb)
		     : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7");
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
