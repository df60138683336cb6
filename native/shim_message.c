/* SPDX-License-Identifier: Apache-2.0 */
/* Messages between processes, with descriptors, over AF_UNIX sockets that keep them apart. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "shim.h"

union fd_space {
	struct cmsghdr head;
	char space[CMSG_SPACE(SHIM_MESSAGE_FDS * sizeof(int))];
};

SHIM_EXPORT int shim_socketpair(int *ends)
{
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0 ? -errno : 0;
}

/* A folder's path may be longer than an address: then the name goes through its descriptor, or -errno. */
static int open_folder(const char *path, struct sockaddr_un *address)
{
	const char *name = strrchr(path, '/');
	char folder[PATH_MAX];
	int fd, length;

	if (!name || name - path >= PATH_MAX)
		return -ENAMETOOLONG;
	snprintf(folder, sizeof(folder), "%.*s", (int)(name - path), path);
	fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	length = snprintf(address->sun_path, sizeof(address->sun_path), "/proc/self/fd/%d%s", fd, name);
	if (length >= (int)sizeof(address->sun_path)) {
		close(fd);
		return -ENAMETOOLONG;
	}
	return fd;
}

/* The other end listens at the path: a descriptor or -errno. */
SHIM_EXPORT int shim_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int folder = -1, fd, err = 0;

	if (strlen(path) < sizeof(address.sun_path)) {
		strcpy(address.sun_path, path);
	} else {
		folder = open_folder(path, &address);
		if (folder < 0)
			return folder;
	}
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		err = -errno;
	if (folder >= 0)
		close(folder);
	if (err && fd >= 0)
		close(fd);
	return err ? err : fd;
}

static long now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* 0 when it can go on, also to learn of an end or an error; a negative time waits for ever. */
static int await(int fd, short events, int timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };
	long end = now_ms() + timeout_ms, left = timeout_ms;
	int ready;

	while ((ready = poll(&poll_fd, 1, left)) < 0 && errno == EINTR) {
		if (timeout_ms >= 0) {
			left = end - now_ms();
			if (left < 0)
				left = 0;
		}
	}
	if (ready < 0)
		return -errno;
	return ready ? 0 : -ETIMEDOUT;
}

/* Nothing waits where the other side does not read within the time. */
SHIM_EXPORT int shim_send(int fd, const void *buf, long length, const int *fds, unsigned int count, int timeout_ms)
{
	struct iovec iov = { .iov_base = (void *)buf, .iov_len = length };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	union fd_space control;
	struct cmsghdr *head;
	int err;

	if (count > SHIM_MESSAGE_FDS)
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
	err = await(fd, POLLOUT, timeout_ms);
	if (err)
		return err;
	return sendmsg(fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
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

/*
 * The bytes of the next message, with up to SHIM_MESSAGE_FDS descriptors; 0 when the other
 * side has ended; -ETIMEDOUT, -EMSGSIZE where it does not fit (then it is lost), or -errno.
 */
SHIM_EXPORT long shim_receive(int fd, void *buf, long cap, int *fds, unsigned int *count, int timeout_ms)
{
	struct iovec iov = { .iov_base = buf, .iov_len = cap };
	union fd_space control;
	struct msghdr msg = {
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	long length;
	int err;

	*count = 0;
	err = await(fd, POLLIN, timeout_ms);
	if (err)
		return err;
	length = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	/* One that ended with words of ours unread: its own last ones stand behind this error. */
	if (length < 0 && errno == ECONNRESET)
		length = recvmsg(fd, &msg, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
	if (length < 0)
		return errno == ECONNRESET ? 0 : -errno;
	*count = take_fds(&msg, fds);
	if (msg.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) {
		while (*count)
			close(fds[--*count]);
		return -EMSGSIZE;
	}
	return length;
}
