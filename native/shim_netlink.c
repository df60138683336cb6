// SPDX-License-Identifier: Apache-2.0
/* What netlink says of any network namespace, less what nobody wants of it. */
#define _GNU_SOURCE
#include <linux/netlink.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "netns.h"
#include "shim.h"
#include "shim_java.h"

/* The kernel writes at most 32 KB of a dump at once. */
#define DATAGRAM 65536

/* Stands before each request, which is a whole netlink message. */
struct shim_request {
	uint64_t wanted; /* bit n: of the answer keep attribute n, if n < 64 */
	uint32_t header; /* bytes between a message's header and its attributes */
	uint32_t protocol; /* NETLINK_ROUTE or another */
	struct nlmsghdr message;
};
_Static_assert(sizeof(struct shim_request) == 32, "ABI");

/* Stands before the messages that answer one request. */
struct shim_reply {
	uint32_t size;	      /* of the messages; the next reply begins at a multiple of 8 */
	int32_t error;	      /* 0 or -errno of this request alone */
	uint32_t interrupted; /* 1: the list changed while it was dumped */
	uint32_t reserved;
};
_Static_assert(sizeof(struct shim_reply) == 16, "ABI");

static ssize_t receive(int sock, char *buf)
{
	struct sockaddr_nl from = {};
	struct iovec iov = { .iov_base = buf, .iov_len = DATAGRAM };
	struct msghdr msg = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};
	ssize_t n;

	do {
		n = recvmsg(sock, &msg, 0);
	} while ((n < 0 && errno == EINTR) || (n >= 0 && from.nl_pid != 0));
	if (n < 0)
		return -errno;
	return msg.msg_flags & MSG_TRUNC ? -EMSGSIZE : n;
}

/* Moves what is wanted of a message to where it shall stand; returns its new length. */
static size_t shorten(char *to, const struct nlmsghdr *from, const struct shim_request *request)
{
	size_t length = from->nlmsg_len, at = NLMSG_HDRLEN + NLMSG_ALIGN(request->header), kept;
	struct nlmsghdr *header = (struct nlmsghdr *)to;

	if (at > length)
		at = length;
	kept = at;
	memmove(to, from, at);
	while (length - at >= NLA_HDRLEN) {
		const struct nlattr *nla = (const struct nlattr *)((const char *)from + at);
		size_t step = NLA_ALIGN(nla->nla_len), type = nla->nla_type & NLA_TYPE_MASK;

		if (nla->nla_len < NLA_HDRLEN || nla->nla_len > length - at)
			break;
		if (step > length - at)
			step = length - at;
		at += step;
		if (type < 64 && request->wanted >> type & 1) {
			memmove(to + kept, nla, step);
			kept += step;
		}
	}
	while (kept < NLMSG_ALIGN(kept))
		to[kept++] = 0;
	/* Without what differs from socket to socket: equal dumps are equal bytes. */
	header->nlmsg_len = kept;
	header->nlmsg_seq = 0;
	header->nlmsg_pid = 0;
	header->nlmsg_flags &= ~NLM_F_DUMP_INTR;
	return kept;
}

/*
 * Keeps what is wanted of one datagram's messages. Returns 1 when the answer
 * ends with it: one that is no dump is a single message.
 */
static int keep(char *buf, size_t n, const struct shim_request *request, struct shim_reply *reply)
{
	size_t at = 0, kept = 0;
	int done = 0;

	while (!done && n - at >= sizeof(struct nlmsghdr)) {
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)(buf + at);
		size_t step = NLMSG_ALIGN(nlh->nlmsg_len);

		if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > n - at)
			break;
		if (nlh->nlmsg_seq != request->message.nlmsg_seq)
			break;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			reply->interrupted = 1;
		if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR) {
			if (nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(int32_t)))
				memcpy(&reply->error, NLMSG_DATA(nlh), sizeof(int32_t));
			done = 1;
		} else {
			kept += shorten(buf + kept, nlh, request);
			done = (request->message.nlmsg_flags & NLM_F_DUMP) != NLM_F_DUMP;
		}
		at += step > n - at ? n - at : step;
	}
	reply->size += kept;
	return done;
}

static int dump(int sock, struct shim_request *request, char *buf, uint64_t room)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct shim_reply *reply = (struct shim_reply *)buf;
	struct nlmsghdr *nlh = &request->message;
	int done = 0;

	if (room < sizeof(*reply) + DATAGRAM)
		return -ENOSPC;
	memset(reply, 0, sizeof(*reply));
	buf += sizeof(*reply);
	room -= sizeof(*reply);
	if (sendto(sock, nlh, nlh->nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		return -errno;
	while (!done) {
		ssize_t n;

		if (room - reply->size < DATAGRAM)
			return -ENOSPC;
		n = receive(sock, buf + reply->size);
		if (n < 0)
			return n;
		done = keep(buf + reply->size, n, request, reply);
	}
	memset(buf + reply->size, 0, SHIM_ALIGN(reply->size) - reply->size);
	return 0;
}

static int reopen(int *sock, uint32_t protocol)
{
	if (*sock >= 0)
		close(*sock);
	*sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
	return *sock < 0 ? -errno : 0;
}

/*
 * Sends the requests one after another from inside the namespace and writes a
 * struct shim_reply and the messages for each. Those of one protocol stand
 * together. Returns the bytes written, or -errno; -ENOSPC asks for a larger
 * buffer, -EXDEV means that the thread could not come back.
 */
static int64_t shim_netlink_dump(const char *netns, uint64_t inode, void *requests, uint64_t requests_size,
				 void *buf, uint64_t capacity)
{
	struct netns_visit visit;
	uint64_t used = 0, at = 0;
	uint32_t seq = 0, protocol = 0;
	int sock = -1, err;

	err = netns_enter(&visit, netns, inode);
	if (err)
		return err;
	while (!err && requests_size - at >= sizeof(struct shim_request)) {
		struct shim_request *request = (struct shim_request *)((char *)requests + at);
		uint32_t length = request->message.nlmsg_len;

		at += offsetof(struct shim_request, message);
		if (length < sizeof(struct nlmsghdr) || length > requests_size - at) {
			err = -EINVAL;
			break;
		}
		if (sock < 0 || request->protocol != protocol) {
			protocol = request->protocol;
			err = reopen(&sock, protocol);
			if (err)
				break;
		}
		request->message.nlmsg_seq = ++seq;
		err = dump(sock, request, (char *)buf + used, capacity - used);
		if (!err)
			used += sizeof(struct shim_reply) + SHIM_ALIGN(((struct shim_reply *)((char *)buf + used))->size);
		at += SHIM_ALIGN(length);
	}
	if (sock >= 0)
		close(sock);
	if (netns_leave(&visit))
		err = -EXDEV;
	return err ? err : (int64_t)used;
}

/* for Java */

JAVA_SIZEOF(NetlinkShim, shim_1sizeof_1request, struct shim_request)
JAVA_SIZEOF(NetlinkShim, shim_1sizeof_1reply, struct shim_reply)

JAVA(jlong, NetlinkShim, shim_1netlink_1dump, jbyteArray netns, jlong inode, jbyteArray requests,
     jlong requests_size, jlong buf, jlong capacity)
{
	char *netns_bytes = shim_bytes(env, netns);
	char *requests_bytes = shim_bytes(env, requests);
	jlong value = shim_netlink_dump(netns_bytes, inode, requests_bytes, requests_size, (void *)buf, capacity);

	shim_drop_bytes(env, requests, requests_bytes);
	shim_drop_bytes(env, netns, netns_bytes);
	return value;
}
