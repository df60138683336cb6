/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Replacing the program at a place, by the one call of its kind that no packet
 * can see half of. The shim and the guard are both built on it. It prints
 * nothing and keeps nothing; every function gives 0 or -errno.
 */
#ifndef BPFBAY_SWAP_H
#define BPFBAY_SWAP_H

#include <linux/types.h>

/* In the order of Primitive. */
enum swap_kind {
	SWAP_XDP_LINK = 0,
	SWAP_XDP_NETLINK,
	SWAP_TCX_LINK,
	SWAP_TCX_PROG,
	SWAP_NETKIT_LINK,
	SWAP_NETKIT_PROG,
	SWAP_CGROUP_LINK,
	SWAP_CGROUP_PROG,
	SWAP_CLS_BPF,
};

struct swap_place {
	__u32 kind;
	__s32 netns_fd;	   /* of device places; -1 stays where the caller is */
	__s32 cgroup_fd;   /* a directory; -1 otherwise */
	__u32 link_id;	   /* opened for the call alone: its owner must be able to close it */
	__u32 ifindex;	   /* 0 on a shared block */
	__u32 attach_type; /* tcx, netkit, cgroup */
	__u32 xdp_mode;	   /* IFLA_XDP_ATTACHED: 1 native, 2 generic, 3 offloaded */
	__u32 block;	   /* 0, or the index of a shared block */
	__u32 parent;
	__u32 chain;
	__u32 priority;
	__u32 protocol; /* ETH_P_*, host order */
	__u32 handle;
	__u32 pad;
};
_Static_assert(sizeof(struct swap_place) == 56, "written by Java");

struct swap_answer {
	__u32 replaced_id; /* cls_bpf: whose program it really was; else 0 */
	__u32 restored;	   /* cls_bpf: 1 when another's program stands again, 2 when it could not be put back */
	__u64 revision;	   /* after the call, 0 where there is none */
	char message[240]; /* the kernel's own words (extack), or "" */
};
_Static_assert(sizeof(struct swap_answer) == 256, "read by Java");

struct swap_standing {
	__u32 prog_id;	/* of the place; for a chain the asked one, 0 where it is absent */
	__u32 position; /* from 1; 0 where the asked program is not there */
	__u64 revision;
};
_Static_assert(sizeof(struct swap_standing) == 16, "read by Java");

/*
 * -ESTALE: another program stands there; nothing was changed, or what was is
 * put back. -EBUSY: a link has taken the place. -ENODEV, -ENOLINK, -ENOENT of
 * a filter: the place is gone.
 */
int swap_replace(const struct swap_place *place, int expected_fd, int other_fd, __u64 revision,
		 struct swap_answer *answer);

/* What stands at the place; prog_id is the one asked for in a chain. */
int swap_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing);

/* The descriptors of a place, or -errno; -ESTALE: the path names another one by now. */
int swap_open_netns(const char *path, __u64 inode);
int swap_open_cgroup(const char *path, __u64 id);

/* Lets an existing pin name another object; mode and owner of the file stay. */
int swap_pin_renew(int fd, const char *path);

#endif
