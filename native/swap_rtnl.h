/* SPDX-License-Identifier: Apache-2.0 */
/* Single requests of rtnetlink, and attributes in and out of messages. */
#ifndef BPFBAY_SWAP_RTNL_H
#define BPFBAY_SWAP_RTNL_H

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/types.h>
#include <stddef.h>

#include "swap.h"

/* The largest message of one device or filter; what we write is shorter. */
#define RTNL_SPACE 32768

struct rtnl {
	int fd;
	__u32 port; /* as notifications name the requester */
	__u32 seq;
};

/* The namespace is visited for the opening alone: a socket stays in its own. */
int rtnl_open(struct rtnl *rtnl, int netns_fd);
void rtnl_close(struct rtnl *rtnl);

/* A request under construction; length counts on where the space is too small. */
struct rtnl_message {
	struct nlmsghdr head;
	char rest[RTNL_SPACE];
};

void rtnl_begin(struct rtnl_message *message, int type, int flags, const void *header, size_t size);
void rtnl_put(struct rtnl_message *message, int type, const void *data, size_t size);
void rtnl_put_u32(struct rtnl_message *message, int type, __u32 value);
/* Attributes inside an attribute: the offset that rtnl_nest gives goes to rtnl_unnest. */
size_t rtnl_nest(struct rtnl_message *message, int type);
void rtnl_unnest(struct rtnl_message *message, size_t nest);

/*
 * Sends it and waits until the kernel has done it. Where reply is wanted, the
 * kernel's message of that type is left there. The kernel's words go to answer.
 */
int rtnl_ask(struct rtnl *rtnl, struct rtnl_message *message, struct nlmsghdr *reply, struct swap_answer *answer);

/* An attribute by its type, or NULL; the size is of the data behind its header. */
const struct nlattr *rtnl_find(const void *attributes, size_t size, int type);
const void *rtnl_data(const struct nlattr *attribute);
size_t rtnl_size(const struct nlattr *attribute);
__u32 rtnl_u32(const struct nlattr *attribute);

/* Walks the attributes: the next one, or NULL behind the last. */
const struct nlattr *rtnl_next(const void *attributes, size_t size, const struct nlattr *after);

#endif
