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

/* What a handler may see; one terminal a process. */
static volatile sig_atomic_t told = -1;
static struct sigaction before[WATCHED];

/* On whatever thread; a full pipe has enough to tell. */
static void tell(int signal)
{
	unsigned char byte = signal;
	int saved = errno;

	if (write(told, &byte, 1) < 0)
		errno = saved;
	errno = saved;
}

/* Where shim_signals_next reads, or -errno. */
static int shim_signals_open(void)
{
	struct sigaction action = { .sa_handler = tell, .sa_flags = SA_RESTART };
	int ends[2];
	unsigned int i;

	if (told >= 0)
		return -EBUSY;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	told = ends[1];
	sigfillset(&action.sa_mask);
	for (i = 0; i < WATCHED; i++)
		sigaction(watched[i], &action, &before[i]);
	return ends[0];
}

/* The signals do what they did before, and the reader comes to an end. */
static void shim_signals_close(void)
{
	int end = told;
	unsigned int i;

	if (end < 0)
		return;
	for (i = 0; i < WATCHED; i++)
		sigaction(watched[i], &before[i], NULL);
	told = -1;
	close(end);
}

/* The number of the next signal; 0 at the end, where the descriptor is closed too. */
static int shim_signals_next(int fd)
{
	unsigned char byte;
	ssize_t got;

	while ((got = read(fd, &byte, 1)) < 0 && errno == EINTR)
		;
	if (got == 1)
		return byte;
	close(fd);
	return 0;
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
