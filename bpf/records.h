/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the iterators write and bpfbay reads: records of a fixed size, one
 * after the other, in the host's byte order. native/shim.h has the same rows
 * for kernels without iterators; Java reads both by the same offsets.
 */
#ifndef BPFBAY_RECORDS_H
#define BPFBAY_RECORDS_H

#include <linux/types.h>

/* One program. */
struct prog_record {
	__u32 id;
	__u32 type;
	__u64 load_time; /* ns since boot */
	__u32 expected_attach_type;
	__u32 refcnt;
};
_Static_assert(sizeof(struct prog_record) == 24, "read by Java");

/* One link; what does not apply or is not known is 0. */
struct link_record {
	__u32 id;
	__u32 type;
	__u32 prog_id;
	__u32 ifindex;
	__u64 netns; /* inode number */
	__u64 cgroup_id;
};
_Static_assert(sizeof(struct link_record) == 32, "read by Java");

/* One map. */
struct map_record {
	__u32 id;
	__u32 type;
};
_Static_assert(sizeof(struct map_record) == 8, "read by Java");

enum held_kind {
	HELD_PROG = 0,
	HELD_LINK = 1,
	HELD_MAP = 2,
};

/* One descriptor of a BPF object in one table of descriptors. */
struct holding_record {
	__u32 tgid; /* as the reader's pid namespace sees it */
	__u32 kind; /* enum held_kind */
	__u32 id;
	__u32 unused;
	__u64 start_boottime; /* of the process, ns */
	char comm[16];
};
_Static_assert(sizeof(struct holding_record) == 40, "read by Java");

/* One call of bpf(2) that changed something. */
struct call_record {
	__u64 boot_ns; /* since boot */
	__u32 tgid; /* in the initial pid namespace */
	__u32 command; /* enum bpf_cmd */
	char comm[16];
};
_Static_assert(sizeof(struct call_record) == 32, "read by Java");

#endif
