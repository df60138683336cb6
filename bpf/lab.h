/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What the programs of the lab share: a counter, and which build they are. */
#ifndef BPFBAY_LAB_H
#define BPFBAY_LAB_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* The makefile builds most programs a second time with 2: the build that a rollout brings. */
#ifndef BUILD_VERSION
#define BUILD_VERSION 1
#endif

enum counter {
	SEEN,
	REFUSED,
	BYTES, /* counted since build 2 */
	COUNTERS,
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, COUNTERS);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

static __always_inline void add(__u32 counter, __u64 amount)
{
	__u64 *value = bpf_map_lookup_elem(&packets, &counter);

	if (value)
		__sync_fetch_and_add(value, amount);
}

#endif
