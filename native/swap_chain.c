// SPDX-License-Identifier: Apache-2.0
/* Programs without a link in a chain: tcx, netkit, and the list of a cgroup. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>

#include "netns.h"
#include "prog_query.h"
#include "shim_bpf.h"
#include "swap_kinds.h"

#define PROG_ATTACH_CMD 8
/* More than a chain of devices (64) or of one cgroup (64) can hold. */
#define CHAIN_MAX 128

/* The attach member of union bpf_attr in full: older headers end before relative_fd. */
struct prog_attach {
	__u32 target; /* a descriptor or an ifindex */
	__u32 prog_fd;
	__u32 attach_type;
	__u32 flags;
	__u32 replace_fd;
	__u32 relative_fd;
	__u64 expected_revision;
};
_Static_assert(sizeof(struct prog_attach) == 32, "union bpf_attr");

struct chain {
	struct prog_query query;
	__u32 prog_ids[CHAIN_MAX];
	__u32 link_ids[CHAIN_MAX];
};

static int is_cgroup(const struct swap_place *place)
{
	return place->kind == SWAP_CGROUP_PROG;
}

static __u32 target_of(const struct swap_place *place)
{
	return is_cgroup(place) ? (__u32)place->cgroup_fd : place->ifindex;
}

static int query(const struct swap_place *place, struct chain *chain)
{
	memset(chain, 0, sizeof(*chain));
	chain->query.target = target_of(place);
	chain->query.attach_type = place->attach_type;
	chain->query.prog_ids = (__u64)(unsigned long)chain->prog_ids;
	chain->query.count = CHAIN_MAX;
	/* A cgroup's list does not tell its links. */
	if (!is_cgroup(place))
		chain->query.link_ids = (__u64)(unsigned long)chain->link_ids;
	return prog_query(&chain->query);
}

/* From 1; 0 where it is not there. A program may stand twice, the first by itself: that one counts. */
static __u32 position_of(const struct chain *chain, __u32 prog_id)
{
	__u32 i, held = 0;

	for (i = 0; i < chain->query.count && i < CHAIN_MAX; i++) {
		if (chain->prog_ids[i] != prog_id)
			continue;
		if (!chain->link_ids[i])
			return i + 1;
		held = i + 1;
	}
	return held;
}

static int attach(const struct swap_request *request)
{
	struct prog_attach attr = {
		.target = target_of(request->place),
		.prog_fd = request->other_fd,
		.attach_type = request->place->attach_type,
		.flags = BPF_F_REPLACE | (is_cgroup(request->place) ? BPF_F_ALLOW_MULTI : 0),
		.replace_fd = request->expected_fd,
		.expected_revision = request->revision,
	};

	return syscall(__NR_bpf, PROG_ATTACH_CMD, &attr, sizeof(attr)) < 0 ? -errno : 0;
}

static int is_same(const struct chain *a, const struct chain *b)
{
	return a->query.revision == b->query.revision && a->query.count == b->query.count &&
	       !memcmp(a->prog_ids, b->prog_ids, sizeof(a->prog_ids));
}

/*
 * ENOENT of a cgroup is three things: another program, a link that holds the
 * expected one, and a cgroup that is gone. That the expected one is listed
 * says little, since it may have come back meanwhile: only a list that was
 * the same before and after the call tells that a link is in the way.
 */
static int attach_to_listed(const struct swap_request *request)
{
	struct chain before, after;
	__u32 expected;
	int err;

	err = swap_id_of(request->expected_fd, &expected);
	if (err)
		return err;
	for (;;) {
		if (query(request->place, &before))
			return -ENODEV;
		if (!position_of(&before, expected))
			return -ESTALE;
		err = attach(request);
		if (err != -ENOENT)
			return err;
		if (query(request->place, &after))
			return -ENODEV;
		if (is_same(&before, &after))
			return -EBUSY;
	}
}

/* EPERM is a list that is no longer shared, or a missing capability. */
static int attach_to_cgroup(const struct swap_request *request)
{
	struct chain chain;
	int err = attach(request);

	if (err == -ENOENT)
		err = attach_to_listed(request);
	if (err != -EPERM || query(request->place, &chain))
		return err;
	if (!chain.query.count || chain.query.attach_flags & BPF_F_ALLOW_MULTI)
		return err;
	swap_say(request->answer, "the cgroup's list is no longer BPF_F_ALLOW_MULTI");
	return -ESTALE;
}

static int attach_to_device(const struct swap_request *request)
{
	int err = attach(request);

	/* ENOENT: the program is not in the chain; ESTALE: the chain is another. */
	return err == -ENOENT ? -ESTALE : err;
}

static int replace_here(const struct swap_request *request)
{
	struct chain chain;
	int err = is_cgroup(request->place) ? attach_to_cgroup(request) : attach_to_device(request);

	if (!err && !query(request->place, &chain))
		request->answer->revision = chain.query.revision;
	return err;
}

int swap_chain_replace(const struct swap_request *request)
{
	struct netns_visit visit;
	int err;

	if (is_cgroup(request->place))
		return replace_here(request);
	err = netns_enter_fd(&visit, request->place->netns_fd);
	if (err)
		return err;
	err = replace_here(request);
	/* What the chain says counts for more than where this thread is now. */
	if (netns_leave(&visit) && !err)
		swap_say(request->answer, "the thread could not leave the namespace");
	return err;
}

static int read_here(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	struct chain chain;
	int err = query(place, &chain);

	if (err == -ENOENT && is_cgroup(place))
		return -ENODEV;
	if (err)
		return err;
	standing->position = position_of(&chain, prog_id);
	standing->prog_id = standing->position ? prog_id : 0;
	standing->revision = chain.query.revision;
	return 0;
}

int swap_chain_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	struct netns_visit visit;
	int err;

	if (is_cgroup(place))
		return read_here(place, prog_id, standing);
	err = netns_enter_fd(&visit, place->netns_fd);
	if (err)
		return err;
	err = read_here(place, prog_id, standing);
	if (netns_leave(&visit))
		err = -EXDEV;
	return err;
}
