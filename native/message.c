// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"

union fd_space {
	struct cmsghdr head;
	char space[CMSG_SPACE(MESSAGE_FDS * sizeof(int))];
};

int message_send(int fd, const void *bytes, size_t length, const int *fds, unsigned int count, int flags)
{
	struct iovec iov = { .iov_base = (void *)bytes, .iov_len = length };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	union fd_space control;
	struct cmsghdr *head;
	ssize_t sent;

	if (count > MESSAGE_FDS)
		return -E2BIG;
	if (count) {
		memset(&control, 0, sizeof(control));
		msg.msg_control = &control;
		msg.msg_controllen = CMSG_SPACE(count * sizeof(int));
		head = CMSG_FIRSTHDR(&msg);
		head->cmsg_level = SOL_SOCKET;
		head->cmsg_type = SCM_RIGHTS;
		head->cmsg_len = CMSG_LEN(count * sizeof(int));
		memcpy(CMSG_DATA(head), fds, count * sizeof(int));
	}
	do
		sent = sendmsg(fd, &msg, MSG_NOSIGNAL | flags);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? -errno : 0;
}

static ssize_t next(int fd, struct msghdr *msg, int flags)
{
	ssize_t length;

	do
		length = recvmsg(fd, msg, MSG_CMSG_CLOEXEC | flags);
	while (length < 0 && errno == EINTR);
	return length < 0 ? -errno : length;
}

static unsigned int take_fds(struct msghdr *msg, int *fds)
{
	struct cmsghdr *head;
	unsigned int count = 0;

	for (head = CMSG_FIRSTHDR(msg); head; head = CMSG_NXTHDR(msg, head)) {
		if (head->cmsg_level == SOL_SOCKET && head->cmsg_type == SCM_RIGHTS) {
			count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
			memcpy(fds, CMSG_DATA(head), count * sizeof(int));
		}
	}
	return count;
}

ssize_t message_receive(int fd, void *bytes, size_t size, int *fds, unsigned int *count, int flags)
{
	struct iovec iov = { .iov_base = bytes, .iov_len = size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	union fd_space control;
	unsigned int taken = 0;
	ssize_t length;

	if (fds) {
		*count = 0;
		msg.msg_control = &control;
		msg.msg_controllen = sizeof(control);
	}
	length = next(fd, &msg, flags);
	/* One that ended with words of ours unread: its own last ones stand behind this error. */
	if (length == -ECONNRESET)
		length = next(fd, &msg, flags);
	if (length == -ECONNRESET)
		return 0;
	if (length < 0)
		return length;
	if (fds)
		taken = take_fds(&msg, fds);
	if (msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
		while (taken)
			close(fds[--taken]);
		return -EMSGSIZE;
	}
	if (fds)
		*count = taken;
	return length;
}
