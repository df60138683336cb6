// SPDX-License-Identifier: Apache-2.0
/* Talk over sockets that keep messages apart; a message is words, each with its NUL. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "guard.h"
#include "message.h"

/* Well below what a socket buffers by default. */
#define FULL (32 << 10)

FILE *guard_say(char **message, size_t *length)
{
	*message = NULL;
	return open_memstream(message, length);
}

void guard_word(FILE *words, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(words, format, arguments);
	va_end(arguments);
	fputc(0, words);
}

/* One who does not read is not waited for. */
int guard_said(int fd, FILE *words, char **message, size_t *length)
{
	int err;

	err = fclose(words) ? -ENOMEM : message_send(fd, *message, *length, NULL, 0, MSG_DONTWAIT);
	free(*message);
	return err;
}

/* The last word has its NUL, whoever sent it. Given is for one descriptor, or NULL to take none. */
int guard_receive(int fd, char *buffer, size_t size, size_t *length, int *given)
{
	int fds[MESSAGE_FDS];
	unsigned int count = 0;
	ssize_t got;

	got = message_receive(fd, buffer, size - 1, given ? fds : NULL, &count, 0);
	if (got <= 0)
		return got ? got : -EPIPE;
	/* none asks for two */
	while (count > 1)
		close(fds[--count]);
	if (given)
		*given = count ? fds[0] : -1;
	buffer[got] = 0;
	*length = buffer[got - 1] ? got + 1 : got;
	return 0;
}

/* Bound from its folder, since a folder's path may be longer than an address. */
int guard_listen(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *name = strrchr(path, '/');
	char folder[4096];
	int fd, err = 0;

	if (!name || strlen(name + 1) >= sizeof(address.sun_path) || name - path >= (long)sizeof(folder))
		return -ENAMETOOLONG;
	snprintf(folder, sizeof(folder), "%.*s/", (int)(name - path), path);
	strcpy(address.sun_path, name + 1);
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (chdir(folder) || bind(fd, (struct sockaddr *)&address, sizeof(address)))
		err = -errno;
	else if (listen(fd, GUARD_PEERS))
		err = -errno;
	if (chdir("/") && !err)
		err = -errno;
	if (err)
		close(fd);
	return err ? err : fd;
}

int guard_peer_add(struct guard *guard, int fd, bool starter)
{
	struct ucred who;
	socklen_t size = sizeof(who);
	unsigned int i;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size))
		return -errno;
	if (!starter && who.uid != 0 && who.uid != geteuid())
		return -EPERM;
	for (i = 0; i < GUARD_PEERS; i++) {
		if (guard->peers[i].fd >= 0)
			continue;
		guard->peers[i] = (struct guard_peer){ fd, starter, who.pid, who.uid };
		return 0;
	}
	return -EMFILE;
}

void guard_peer_drop(struct guard_peer *peer)
{
	close(peer->fd);
	peer->fd = -1;
}

/* Takes in whoever has called; a stranger is hung up on. */
void guard_greet(struct guard *guard)
{
	int fd;

	while ((fd = accept4(guard->listener, NULL, NULL, SOCK_CLOEXEC)) >= 0)
		if (guard_peer_add(guard, fd, false))
			close(fd);
}

static void tell(const struct guard *guard, int fd)
{
	static const char *const words[] = { "CONFIRMED", "REVERTED", "STALE", "FAILED" };
	unsigned int i = 0;
	size_t length;
	char *message;
	FILE *out;

	while (!guard->traceless && i < guard->count && (out = guard_say(&message, &length))) {
		guard_word(out, "places");
		do
			guard_word(out, "%s: %s", guard->members[i].ref, guard->members[i].words);
		while (++i < guard->count && ftell(out) < FULL);
		if (guard_said(fd, out, &message, &length))
			return;
	}
	out = guard_say(&message, &length);
	if (!out)
		return;
	guard_word(out, "ended");
	guard_word(out, "%s", guard->traceless ? "DISMISSED" : words[guard->ending]);
	guard_said(fd, out, &message, &length);
}

/* Everybody who has called hears it, whether asked or not: one who asks meanwhile reads it as the answer. */
void guard_tell_ending(struct guard *guard)
{
	unsigned int i;

	guard_greet(guard);
	for (i = 0; i < GUARD_PEERS; i++)
		if (guard->peers[i].fd >= 0)
			tell(guard, guard->peers[i].fd);
}
