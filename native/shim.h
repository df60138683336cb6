/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the shim says to Java and how: the caller owns every buffer, a call
 * returns the bytes it has written or -errno, and -ENOSPC asks for a larger
 * buffer. Records are packed one behind the other, each a multiple of 8 bytes.
 * Java reads them by offset; shim_sizeof_* and a test keep both sides equal.
 */
#ifndef BPFBAY_SHIM_H
#define BPFBAY_SHIM_H

#include <linux/types.h>

#define SHIM_ALIGN(n) (((n) + 7UL) & ~7UL)

/* The kinds of object that have an id, in the order of ObjectId.Kind. */
enum shim_kind {
	SHIM_PROG = 0,
	SHIM_LINK = 1,
	SHIM_MAP = 2,
};

/* In front of every record. */
struct shim_record {
	__u32 size; /* of the whole record, this header included */
	__u32 kind;
	__u32 id;
	__s32 error; /* 0, or the positive errno; then nothing follows */
};
_Static_assert(sizeof(struct shim_record) == 16, "read by Java");

/* The name of a link's target; longer ones are cut. */
#define SHIM_NAME_SPACE 4096

/*
 * A program, link or map. Behind it info_space bytes of struct bpf_*_info, then
 * what belongs to it: a program's map ids, a link's name with its NUL.
 */
struct shim_object {
	struct shim_record head;
	__u32 info_len; /* as the kernel returned it */
	__u32 info_space; /* info_len, rounded up */
	__u32 extra; /* number of map ids, or bytes of name */
	__u32 func_type_id; /* of a program's first function, or 0 */
	__u64 memlock; /* of a program, or 0 */
};
_Static_assert(sizeof(struct shim_object) == 40, "read by Java");

struct shim_count_row {
	__u32 id;
	__u32 pad;
	__u64 run_cnt;
	__u64 run_time_ns;
};
_Static_assert(sizeof(struct shim_count_row) == 24, "read by Java");

/*
 * Rows: the least that tells whether an object is still the one it was. They
 * are fixed in size and ascend by id. The iterators under bpf/ emit the same.
 */
struct shim_prog_row {
	__u32 id;
	__u32 type;
	__u64 load_time; /* 0 when only ids are walked, as is all below */
	__u32 expected_attach_type;
	__u32 refcnt;
};
_Static_assert(sizeof(struct shim_prog_row) == 24, "read by Java");

struct shim_link_row {
	__u32 id;
	__u32 type;
	__u32 prog_id;
	__u32 ifindex;
	__u64 netns_ino; /* of a device's link: only the iterator knows */
	__u64 cgroup_id;
};
_Static_assert(sizeof(struct shim_link_row) == 32, "read by Java");

struct shim_map_row {
	__u32 id;
	__u32 type;
};
_Static_assert(sizeof(struct shim_map_row) == 8, "read by Java");

/* One descriptor of a process; the same object may come several times. */
struct shim_holding_row {
	__u32 tgid;
	__u32 kind;
	__u32 id;
	__u32 pad;
	__u64 start_boottime; /* of the process, ns, in steps of 10 ms */
	char comm[16];
};
_Static_assert(sizeof(struct shim_holding_row) == 40, "read by Java");

/* A socket that a process holds. */
struct shim_socket_row {
	__u32 pid;
	__u32 pad;
	__u64 inode;
	char comm[16];
};
_Static_assert(sizeof(struct shim_socket_row) == 32, "read by Java");

/* A process and its namespaces; an inode is 0 where it cannot be seen. */
struct shim_ns_row {
	__u32 pid;
	__u32 pad;
	__u64 net_ino;
	__u64 mnt_ino;
};
_Static_assert(sizeof(struct shim_ns_row) == 24, "read by Java");

/*
 * Processes that may not be looked into and have the same root mount, or of
 * which nothing is shown at all.
 */
struct shim_hidden_row {
	__u32 pid; /* of one of them */
	__u32 processes;
	__u32 mount; /* the number of the first line of its mountinfo */
	__s32 error; /* why that cannot be read */
};
_Static_assert(sizeof(struct shim_hidden_row) == 16, "read by Java");

/* A name of a network namespace, which stands behind with its NUL. */
struct shim_ns_name {
	__u32 size; /* of all of it */
	__u32 pad;
	__u64 ino;
};
_Static_assert(sizeof(struct shim_ns_name) == 16, "read by Java");

/* A directory of a bpffs; its entries follow. */
struct shim_dir {
	__u32 major;
	__u32 minor;
	__s64 mtime; /* ns */
	__s64 clock; /* of files, before anything was read; ns */
};
_Static_assert(sizeof(struct shim_dir) == 24, "read by Java");

struct shim_dir_entry {
	__u32 size; /* of all of it, the name behind included */
	__u32 is_dir;
	__u64 ino;
};
_Static_assert(sizeof(struct shim_dir_entry) == 16, "read by Java");

/* What a pin holds. */
struct shim_pin {
	__u32 kind;
	__u32 id;
	__s32 error;
	__u32 pad;
};
_Static_assert(sizeof(struct shim_pin) == 16, "read by Java");

/* How shim_spawn starts a program, and how many descriptors it can give. */
#define SHIM_SPAWN_KEEP_STDERR 1
#define SHIM_SPAWN_DETACHED 2
#define SHIM_SPAWN_FDS 1024

#endif
