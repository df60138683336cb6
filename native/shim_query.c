// SPDX-License-Identifier: Apache-2.0
/* BPF_PROG_QUERY of many devices of one network namespace, and of itself. */
#define _GNU_SOURCE
#include "netns.h"
#include "prog_query.h"
#include "shim_java.h"

struct shim_query {
	uint32_t ifindex;     /* in; 0 asks the namespace itself */
	uint32_t attach_type; /* in */
	int32_t error;	      /* 0 or -errno of this question alone */
	uint32_t count;
	uint64_t revision;
	uint32_t first; /* index of its ids: count programs, then count links */
	uint32_t reserved;
};
_Static_assert(sizeof(struct shim_query) == 32, "ABI");

/* The list may grow between counting and reading it. */
static int read_ids(struct prog_query *attr, int netns, struct shim_query *q, uint32_t *ids, uint64_t room)
{
	uint32_t want = attr->count;
	int tries, err = -ENOSPC;

	for (tries = 0; tries < 16 && err == -ENOSPC; tries++) {
		if (room < 2 * (uint64_t)want)
			return 1;
		*attr = (struct prog_query){
			.target = q->ifindex ? q->ifindex : (uint32_t)netns,
			.attach_type = q->attach_type,
			.prog_ids = (uintptr_t)ids,
			.link_ids = q->ifindex ? (uintptr_t)(ids + want) : 0,
			.count = want,
		};
		err = prog_query(attr);
		if (err == -ENOSPC)
			want = attr->count + 4;
	}
	if (err)
		return err;
	for (uint32_t i = 0; i < attr->count; i++)
		ids[attr->count + i] = q->ifindex ? ids[want + i] : 0;
	return 0;
}

/*
 * Answers each question in place. Returns how many ids were written, or
 * -errno; -ENOSPC asks for more room, -EXDEV means that the thread could not
 * come back.
 */
static int64_t shim_prog_query(const char *netns, uint64_t inode, struct shim_query *queries,
			       uint64_t count, uint32_t *ids, uint64_t room)
{
	struct netns_visit visit;
	uint64_t used = 0;
	int err;

	err = netns_enter(&visit, netns, inode);
	if (err)
		return err;
	for (uint64_t i = 0; i < count; i++) {
		struct shim_query *q = &queries[i];
		struct prog_query attr = {
			.target = q->ifindex ? q->ifindex : (uint32_t)visit.there,
			.attach_type = q->attach_type,
		};

		q->count = 0;
		q->first = used;
		q->error = prog_query(&attr);
		if (!q->error && attr.count)
			q->error = read_ids(&attr, visit.there, q, ids + used, room - used);
		if (q->error > 0) {
			err = -ENOSPC;
			break;
		}
		if (q->error)
			continue;
		q->count = attr.count;
		q->revision = attr.revision;
		used += 2 * (uint64_t)attr.count;
	}
	if (netns_leave(&visit))
		err = -EXDEV;
	return err ? err : (int64_t)used;
}

/* for Java */

JAVA_SIZEOF(NetlinkShim, shim_1sizeof_1query, struct shim_query)

JAVA(jlong, NetlinkShim, shim_1prog_1query, jbyteArray netns, jlong inode, jlong queries, jlong count,
     jlong ids, jlong room)
{
	char *netns_bytes = shim_bytes(env, netns);
	jlong value = shim_prog_query(netns_bytes, inode, (void *)queries, count, (void *)ids, room);

	shim_drop_bytes(env, netns, netns_bytes);
	return value;
}
