/* SPDX-License-Identifier: Apache-2.0 */
/* The signals of a terminal, each a byte in a pipe, for a thread that has the time to do something about it. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "shim_java.h"

static const int watched[] = { SIGWINCH, SIGTSTP, SIGCONT };
#define WATCHED (sizeof(watched) / sizeof(*watched))
#define END 0

/*
 * One pipe for the life of the process: a handler that was interrupted before it
 * writes must not find another file under the same number.
 */
static int ends[2] = { -1, -1 };
static struct sigaction before[WATCHED];
static int is_watching;

/* On whatever thread; a full pipe has enough to tell. */
static void tell(int signal)
{
	unsigned char byte = signal;
	int saved = errno;
	ssize_t told = write(ends[1], &byte, 1);

	(void)told;
	errno = saved;
}

/* Where shim_signals_next reads, or -errno. */
static int shim_signals_open(void)
{
	struct sigaction action = { .sa_handler = tell, .sa_flags = SA_RESTART };
	unsigned int i;

	if (is_watching)
		return -EBUSY;
	if (ends[0] < 0) {
		if (pipe2(ends, O_CLOEXEC) < 0)
			return -errno;
		fcntl(ends[1], F_SETFL, O_NONBLOCK);
	}
	is_watching = 1;
	sigfillset(&action.sa_mask);
	for (i = 0; i < WATCHED; i++)
		sigaction(watched[i], &action, &before[i]);
	return ends[0];
}

/* The signals do what they did before, and the reader comes to an end. */
static void shim_signals_close(void)
{
	unsigned int i;

	if (!is_watching)
		return;
	for (i = 0; i < WATCHED; i++)
		sigaction(watched[i], &before[i], NULL);
	is_watching = 0;
	tell(END);
}

/* The number of the next signal; 0 at the end. */
static int shim_signals_next(int fd)
{
	unsigned char byte = END;
	ssize_t got;

	while ((got = read(fd, &byte, 1)) < 0 && errno == EINTR)
		;
	return got == 1 ? byte : END;
}

/* for Java */

#define JAVA_SIGNALS(type, name, ...) JAVA_CLASS(type, tui_terminal_SignalCalls, name, ##__VA_ARGS__)

JAVA_SIGNALS(jint, shim_1signals_1open)
{
	return shim_signals_open();
}

JAVA_SIGNALS(void, shim_1signals_1close)
{
	shim_signals_close();
}

JAVA_SIGNALS(jint, shim_1signals_1next, jint fd)
{
	return shim_signals_next(fd);
}
