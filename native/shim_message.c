/* SPDX-License-Identifier: Apache-2.0 */
/* What message.c does, waited for no longer than somebody may wait; and the ways to such a socket. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "message.h"
#include "shim_java.h"

static int shim_socketpair(int *ends)
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

/* The other end listens at the path: a descriptor or -errno; -ETIMEDOUT where too many wait there already. */
static int shim_connect(const char *path)
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
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		err = errno == EAGAIN ? -ETIMEDOUT : -errno;
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
static int shim_send(int fd, const void *buf, long length, const int *fds, unsigned int count, int timeout_ms)
{
	int err;

	err = await(fd, POLLOUT, timeout_ms);
	return err ? err : message_send(fd, buf, length, fds, count, MSG_DONTWAIT);
}

/* As message_receive, or -ETIMEDOUT. */
static long shim_receive(int fd, void *buf, long cap, int *fds, unsigned int *count, int timeout_ms)
{
	int err;

	*count = 0;
	err = await(fd, POLLIN, timeout_ms);
	return err ? err : message_receive(fd, buf, cap, fds, count, MSG_DONTWAIT);
}

/* for Java */

JAVA(jint, SpawnShim, shim_1socketpair, jintArray ends)
{
	jint *ends_ints = shim_ints(env, ends);
	jint value = shim_socketpair(ends_ints);

	shim_give_ints(env, ends, ends_ints);
	return value;
}

JAVA(jint, SpawnShim, shim_1connect, jbyteArray path)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_connect(path_bytes);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jint, SpawnShim, shim_1send, jint fd, jbyteArray buf, jlong length, jintArray fds, jint count,
     jint timeout_ms)
{
	char *buf_bytes = shim_bytes(env, buf);
	jint *fds_ints = shim_ints(env, fds);
	jint value = shim_send(fd, buf_bytes, length, fds_ints, count, timeout_ms);

	shim_drop_bytes(env, buf, buf_bytes);
	shim_drop_ints(env, fds, fds_ints);
	return value;
}

JAVA(jlong, SpawnShim, shim_1receive, jint fd, jlong buf, jlong cap, jintArray fds, jintArray count,
     jint timeout_ms)
{
	jint *fds_ints = shim_ints(env, fds);
	jint *count_ints = shim_ints(env, count);
	jlong value = shim_receive(fd, (void *)buf, cap, fds_ints, (unsigned int *)count_ints, timeout_ms);

	shim_give_ints(env, fds, fds_ints);
	shim_give_ints(env, count, count_ints);
	return value;
}
