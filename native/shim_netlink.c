// SPDX-License-Identifier: Apache-2.0
/* Route netlink dumps of any network namespace, as the kernel wrote them. */
#define _GNU_SOURCE
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>

#include "netns.h"
#include "shim.h"

/* The kernel writes at most 32 KB of a dump at once. */
#define DATAGRAM 65536

/* Stands before the messages that answer one request. */
struct shim_reply {
	uint32_t size;	      /* of the messages; the next reply begins at a multiple of 8 */
	int32_t error;	      /* 0 or -errno of this request alone */
	uint32_t interrupted; /* 1: the list changed while it was dumped */
	uint32_t reserved;
};
_Static_assert(sizeof(struct shim_reply) == 16, "ABI");

SHIM_EXPORT int32_t shim_sizeof_reply(void)
{
	return sizeof(struct shim_reply);
}

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

/*
 * Keeps the messages of one datagram that belong to the dump, and without
 * what differs from socket to socket, so that equal dumps are equal bytes.
 * Returns 1 after the last datagram.
 */
static int keep(char *buf, size_t n, uint32_t seq, struct shim_reply *reply)
{
	size_t at = 0;

	while (n - at >= sizeof(struct nlmsghdr)) {
		struct nlmsghdr *nlh = (struct nlmsghdr *)(buf + at);
		size_t step = NLMSG_ALIGN(nlh->nlmsg_len);

		if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > n - at)
			break;
		if (nlh->nlmsg_seq != seq)
			return 0;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			reply->interrupted = 1;
		if (nlh->nlmsg_type == NLMSG_DONE || nlh->nlmsg_type == NLMSG_ERROR) {
			if (nlh->nlmsg_len >= NLMSG_LENGTH(sizeof(int32_t)))
				memcpy(&reply->error, NLMSG_DATA(nlh), sizeof(int32_t));
			reply->size += at;
			return 1;
		}
		nlh->nlmsg_seq = 0;
		nlh->nlmsg_pid = 0;
		nlh->nlmsg_flags &= ~NLM_F_DUMP_INTR;
		if (step > n - at) {
			at = n;
			break;
		}
		at += step;
	}
	reply->size += at;
	return 0;
}

static int dump(int sock, struct nlmsghdr *request, uint32_t seq, char *buf, uint64_t room)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct shim_reply *reply = (struct shim_reply *)buf;
	int done = 0;

	if (room < sizeof(*reply) + DATAGRAM)
		return -ENOSPC;
	memset(reply, 0, sizeof(*reply));
	buf += sizeof(*reply);
	room -= sizeof(*reply);
	request->nlmsg_seq = seq;
	if (sendto(sock, request, request->nlmsg_len, 0, (struct sockaddr *)&kernel, sizeof(kernel)) < 0)
		return -errno;
	while (!done) {
		ssize_t n;

		if (room - reply->size < DATAGRAM)
			return -ENOSPC;
		n = receive(sock, buf + reply->size);
		if (n < 0)
			return n;
		done = keep(buf + reply->size, n, seq, reply);
	}
	memset(buf + reply->size, 0, SHIM_ALIGN(reply->size) - reply->size);
	return 0;
}

/*
 * Sends the dump requests one after another from inside the namespace and
 * writes a struct shim_reply and the messages for each. Returns the bytes
 * written, or -errno; -ENOSPC asks for a larger buffer.
 */
SHIM_EXPORT int64_t shim_netlink_dump(const char *netns, uint64_t inode, void *requests, uint64_t requests_size,
				      void *buf, uint64_t capacity)
{
	struct netns_visit visit;
	uint64_t used = 0, at = 0;
	uint32_t seq = 0;
	int sock, left, err;

	err = netns_enter(&visit, netns, inode);
	if (err)
		return err;
	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (sock < 0) {
		err = -errno;
		goto out;
	}
	while (!err && requests_size - at >= sizeof(struct nlmsghdr)) {
		struct nlmsghdr *request = (struct nlmsghdr *)((char *)requests + at);

		if (request->nlmsg_len < sizeof(*request) || request->nlmsg_len > requests_size - at) {
			err = -EINVAL;
			break;
		}
		err = dump(sock, request, ++seq, (char *)buf + used, capacity - used);
		if (!err)
			used += sizeof(struct shim_reply) + SHIM_ALIGN(((struct shim_reply *)((char *)buf + used))->size);
		at += NLMSG_ALIGN(request->nlmsg_len);
	}
	close(sock);
out:
	left = netns_leave(&visit);
	if (left)
		err = left;
	return err ? err : (int64_t)used;
}
