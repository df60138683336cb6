// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "netns.h"
#include "swap_kinds.h"
#include "swap_rtnl.h"

static int socket_here(struct rtnl *rtnl)
{
	struct sockaddr_nl self = { .nl_family = AF_NETLINK };
	socklen_t size = sizeof(self);
	int one = 1, err;

	rtnl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (rtnl->fd < 0)
		return -errno;
	/* Older kernels say less, which is no failure. */
	setsockopt(rtnl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(rtnl->fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	if (bind(rtnl->fd, (struct sockaddr *)&self, sizeof(self)) ||
	    getsockname(rtnl->fd, (struct sockaddr *)&self, &size)) {
		err = -errno;
		rtnl_close(rtnl);
		return err;
	}
	rtnl->port = self.nl_pid;
	return 0;
}

int rtnl_open(struct rtnl *rtnl, int netns_fd)
{
	struct netns_visit visit;
	int err;

	memset(rtnl, 0, sizeof(*rtnl));
	rtnl->fd = -1;
	err = netns_enter_fd(&visit, netns_fd);
	if (err)
		return err;
	err = socket_here(rtnl);
	/* Nothing is changed yet: whoever cannot come home goes no further. */
	if (netns_leave(&visit)) {
		rtnl_close(rtnl);
		err = -EXDEV;
	}
	return err;
}

void rtnl_close(struct rtnl *rtnl)
{
	if (rtnl->fd >= 0)
		close(rtnl->fd);
	rtnl->fd = -1;
}

void rtnl_begin(struct rtnl_message *message, int type, int flags, const void *header, size_t size)
{
	memset(&message->head, 0, sizeof(message->head));
	message->head.nlmsg_len = NLMSG_LENGTH(NLMSG_ALIGN(size));
	message->head.nlmsg_type = type;
	message->head.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	memset(message->rest, 0, NLMSG_ALIGN(size));
	memcpy(message->rest, header, size);
}

static int has_room(const struct rtnl_message *message, size_t size)
{
	return message->head.nlmsg_len + NLA_ALIGN(size) <= sizeof(*message);
}

void rtnl_put(struct rtnl_message *message, int type, const void *data, size_t size)
{
	struct nlattr attribute = { .nla_len = NLA_HDRLEN + size, .nla_type = type };
	char *at = (char *)message + message->head.nlmsg_len;

	if (has_room(message, NLA_HDRLEN + size)) {
		memset(at, 0, NLA_ALIGN(NLA_HDRLEN + size));
		memcpy(at, &attribute, sizeof(attribute));
		if (size)
			memcpy(at + NLA_HDRLEN, data, size);
	}
	message->head.nlmsg_len += NLA_ALIGN(NLA_HDRLEN + size);
}

void rtnl_put_u32(struct rtnl_message *message, int type, __u32 value)
{
	rtnl_put(message, type, &value, sizeof(value));
}

size_t rtnl_nest(struct rtnl_message *message, int type)
{
	size_t nest = message->head.nlmsg_len;

	rtnl_put(message, type | NLA_F_NESTED, NULL, 0);
	return nest;
}

void rtnl_unnest(struct rtnl_message *message, size_t nest)
{
	__u16 size = message->head.nlmsg_len - nest;

	if (message->head.nlmsg_len <= sizeof(*message))
		memcpy((char *)message + nest, &size, sizeof(size));
}

static void hear(const struct nlmsghdr *ack, struct swap_answer *answer)
{
	size_t head = sizeof(struct nlmsgerr), size = ack->nlmsg_len - NLMSG_HDRLEN;
	const struct nlattr *text;

	if (!answer || !(ack->nlmsg_flags & NLM_F_ACK_TLVS) || size < head)
		return;
	text = rtnl_find((const char *)NLMSG_DATA(ack) + head, size - head, NLMSGERR_ATTR_MSG);
	if (text)
		swap_say(answer, "%.*s", (int)rtnl_size(text), (const char *)rtnl_data(text));
}

/* One message of the answer; 1 when it was the last. */
static int take(const struct nlmsghdr *nlh, __u32 seq, struct nlmsghdr *reply, struct swap_answer *answer, int *err)
{
	if (nlh->nlmsg_seq != seq)
		return 0;
	if (nlh->nlmsg_type != NLMSG_ERROR) {
		if (reply && nlh->nlmsg_len <= RTNL_SPACE)
			memcpy(reply, nlh, nlh->nlmsg_len);
		return 0;
	}
	memcpy(err, NLMSG_DATA(nlh), sizeof(*err));
	hear(nlh, answer);
	return 1;
}

int rtnl_ask(struct rtnl *rtnl, struct rtnl_message *message, struct nlmsghdr *reply, struct swap_answer *answer)
{
	char buf[RTNL_SPACE] __attribute__((aligned(8)));
	int err = 0, done = 0;

	if (message->head.nlmsg_len > sizeof(*message))
		return -EMSGSIZE;
	message->head.nlmsg_seq = ++rtnl->seq;
	if (send(rtnl->fd, message, message->head.nlmsg_len, 0) < 0)
		return -errno;
	while (!done) {
		ssize_t n = recv(rtnl->fd, buf, sizeof(buf), MSG_TRUNC);
		size_t at = 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n > (ssize_t)sizeof(buf))
			return -EMSGSIZE;
		while (!done && n - at >= sizeof(struct nlmsghdr)) {
			const struct nlmsghdr *nlh = (const struct nlmsghdr *)(buf + at);

			if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > n - at)
				return -EBADMSG;
			done = take(nlh, rtnl->seq, reply, answer, &err);
			at += NLMSG_ALIGN(nlh->nlmsg_len);
			if (at > (size_t)n)
				at = n;
		}
	}
	return err;
}

const struct nlattr *rtnl_next(const void *attributes, size_t size, const struct nlattr *after)
{
	const char *start = attributes;
	size_t at = after ? (size_t)((const char *)after - start) + NLA_ALIGN(after->nla_len) : 0;
	const struct nlattr *here = (const struct nlattr *)(start + at);

	if (at > size || size - at < NLA_HDRLEN)
		return NULL;
	return here->nla_len < NLA_HDRLEN || here->nla_len > size - at ? NULL : here;
}

const struct nlattr *rtnl_find(const void *attributes, size_t size, int type)
{
	const struct nlattr *here = NULL;

	while ((here = rtnl_next(attributes, size, here)))
		if ((here->nla_type & NLA_TYPE_MASK) == type)
			return here;
	return NULL;
}

const void *rtnl_data(const struct nlattr *attribute)
{
	return (const char *)attribute + NLA_HDRLEN;
}

size_t rtnl_size(const struct nlattr *attribute)
{
	return attribute->nla_len - NLA_HDRLEN;
}

__u32 rtnl_u32(const struct nlattr *attribute)
{
	__u32 value = 0;

	if (attribute && rtnl_size(attribute) >= sizeof(value))
		memcpy(&value, rtnl_data(attribute), sizeof(value));
	return value;
}
