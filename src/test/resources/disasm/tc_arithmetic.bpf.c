// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* Every operation, width, comparison and atomic that clang 14 can say and bpftool 7.1 can read. */

static __u64 cell64;
static __u32 cell32;

SEC("tc")
int tc_arithmetic(struct __sk_buff *skb)
{
	__u64 *c64 = &cell64;
	__u32 *c32 = &cell32;

	asm volatile("r6 = %[c64]; r7 = %[c32];\n"
		     "r1 = 5; w2 = -7; r3 = r1; w4 = w2;\n"
		     "r1 += r3; r1 += -9; w2 += w4; w2 += 11;\n"
		     "r1 -= r3; w2 -= 3; r1 *= r3; w2 *= 3;\n"
		     "r1 /= 3; w2 /= w4; r1 |= r3; w2 |= 0x70000000;\n"
		     "r1 &= -8; w2 &= w4; r1 ^= r3; w2 ^= 1;\n"
		     "r1 <<= 3; w2 <<= w4; r1 >>= r3; w2 >>= 3;\n"
		     "r1 s>>= 3; w2 s>>= w4; r1 = -r1; w2 = -w2;\n"
		     "r1 = be16 r1; r1 = be32 r1; r1 = be64 r1;\n"
		     "r1 = le16 r1; r1 = le32 r1; r1 = le64 r1;\n"
		     "r5 = 0x1122334455667788 ll;\n"
		     "*(u64 *)(r10 - 8) = r1; *(u32 *)(r10 - 12) = r2;\n"
		     "*(u16 *)(r10 - 14) = r3; *(u8 *)(r10 - 15) = r4;\n"
		     "r1 = *(u8 *)(r10 - 15); r1 = *(u16 *)(r10 - 14);\n"
		     "r1 = *(u32 *)(r10 - 12); r1 = *(u64 *)(r10 - 8);\n"
		     "r1 = *(u64 *)(r6 + 0); r3 = *(u64 *)(r6 + 0);\n"
		     "if r1 == r3 goto +1; w0 = 0; if w1 == 7 goto +1; w0 = 0;\n"
		     "if r1 != r3 goto +1; w0 = 0; if w1 != -7 goto +1; w0 = 0;\n"
		     "if r1 > r3 goto +1; w0 = 0; if w1 > 7 goto +1; w0 = 0;\n"
		     "if r1 >= r3 goto +1; w0 = 0; if w1 >= 7 goto +1; w0 = 0;\n"
		     "if r1 < r3 goto +1; w0 = 0; if w1 < 7 goto +1; w0 = 0;\n"
		     "if r1 <= r3 goto +1; w0 = 0; if w1 <= 7 goto +1; w0 = 0;\n"
		     "if r1 s> r3 goto +1; w0 = 0; if w1 s> -7 goto +1; w0 = 0;\n"
		     "if r1 s>= r3 goto +1; w0 = 0; if w1 s>= 7 goto +1; w0 = 0;\n"
		     "if r1 s< r3 goto +1; w0 = 0; if w1 s< 7 goto +1; w0 = 0;\n"
		     "if r1 s<= r3 goto +1; w0 = 0; if w1 s<= w3 goto +1; w0 = 0;\n"
		     "lock *(u64 *)(r6 + 0) += r1; lock *(u32 *)(r7 + 0) += w1;\n"
		     /* what this assembler has no words for */
		     ".8byte 0x0000000300000197; .8byte 0x000000000000429c;\n" /* %= */
		     ".8byte 0x000000000001314d; w0 = 0;\n" /* if r1 & r3 */
		     ".8byte 0x0000001000010146; w0 = 0;\n" /* if w1 & 0x10 */
		     ".8byte 0x00000040000016db; .8byte 0x00000050000016db;\n" /* lock |=, &= */
		     ".8byte 0x000000a0000017c3; .8byte 0xfffffffffff80a7a;\n" /* ^=; *r10 = -1 */
		     ".8byte 0x00000001000016db; .8byte 0x00000041000016db;\n" /* fetch_add, or */
		     ".8byte 0x00000051000016db; .8byte 0x000000a1000016db;\n" /* fetch_and, xor */
		     ".8byte 0x00000001000017c3; .8byte 0x000000e1000016db;\n" /* w add, xchg */
		     ".8byte 0x000000e1000017c3; w0 = 0;\n" /* w xchg */
		     ".8byte 0x000000f1000016db; .8byte 0x000000f1000017c3;\n" /* cmpxchg */
		     "r0 = 0;\n"
		     :
		     : [c64] "r"(c64), [c32] "r"(c32)
		     : "r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7", "memory");
	return cell64 + cell32;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
