/* SPDX-License-Identifier: Apache-2.0 */
/* The terminal, as far as neither Java nor JLine asks for it: a value or -errno. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "shim_java.h"

#define JAVA_TTY(type, name, ...) JAVA_CLASS(type, tui_terminal_TtyCalls, name, ##__VA_ARGS__)

JAVA_TTY(jint, sizeof_1termios)
{
	return sizeof(struct termios);
}

JAVA_TTY(jint, isatty, jint fd)
{
	return isatty(fd);
}

JAVA_TTY(jint, tcgetattr, jint fd, jbyteArray termios)
{
	struct termios found;

	memset(&found, 0, sizeof(found));
	if (tcgetattr(fd, &found))
		return -errno;
	(*env)->SetByteArrayRegion(env, termios, 0, sizeof(found), (void *)&found);
	return 0;
}

JAVA_TTY(jint, tcsetattr, jint fd, jint when, jbyteArray termios)
{
	struct termios wanted;

	(*env)->GetByteArrayRegion(env, termios, 0, sizeof(wanted), (void *)&wanted);
	return tcsetattr(fd, when, &wanted) ? -errno : 0;
}

JAVA_TTY(void, cfmakeraw, jbyteArray termios)
{
	struct termios raw;

	(*env)->GetByteArrayRegion(env, termios, 0, sizeof(raw), (void *)&raw);
	cfmakeraw(&raw);
	(*env)->SetByteArrayRegion(env, termios, 0, sizeof(raw), (void *)&raw);
}

JAVA_TTY(jint, tcflush, jint fd, jint queue)
{
	return tcflush(fd, queue) ? -errno : 0;
}

JAVA_TTY(jint, tcgetpgrp, jint fd)
{
	pid_t group = tcgetpgrp(fd);

	return group < 0 ? -errno : group;
}

JAVA_TTY(jint, getpgrp)
{
	return getpgrp();
}

/* Columns times 65536 and rows; each 0 where the terminal does not say. */
JAVA_TTY(jint, winsize, jint fd)
{
	struct winsize size = { 0 };

	if (ioctl(fd, TIOCGWINSZ, &size))
		return -errno;
	/* more would be taken for an error, and no terminal has them */
	return (size.ws_col & 0x7fff) << 16 | size.ws_row;
}

/* What the descriptor is ready for; 0 when the time is over. */
JAVA_TTY(jint, poll, jint fd, jint events, jint timeout_ms)
{
	struct pollfd poll_fd = { .fd = fd, .events = events };

	return poll(&poll_fd, 1, timeout_ms) < 0 ? -errno : poll_fd.revents;
}

JAVA_TTY(jint, read, jint fd, jbyteArray buffer, jint room)
{
	char bytes[4096];
	ssize_t got = read(fd, bytes, room < (jint)sizeof(bytes) ? (size_t)room : sizeof(bytes));

	if (got < 0)
		return -errno;
	(*env)->SetByteArrayRegion(env, buffer, 0, got, (void *)bytes);
	return got;
}

JAVA_TTY(jint, write, jint fd, jbyteArray buffer, jint from, jint length)
{
	jbyte *bytes = (*env)->GetByteArrayElements(env, buffer, NULL);
	ssize_t written;

	if (!bytes)
		return -ENOMEM;
	written = write(fd, bytes + from, length);
	if (written < 0)
		written = -errno;
	(*env)->ReleaseByteArrayElements(env, buffer, bytes, JNI_ABORT);
	return written;
}

JAVA_TTY(jint, kill, jint pid, jint signal)
{
	return kill(pid, signal) ? -errno : 0;
}
