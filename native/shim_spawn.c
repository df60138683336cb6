/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shim.h"
#include "shim_java.h"

#define STACK_BYTES (128 * 1024)
#define FIRST_GIVEN 3

extern char **environ;

/*
 * The child borrows the memory of the Java machine until it executes, as after
 * vfork, so it must not touch what a lock guards. What it writes here we read.
 */
struct start {
	const char *path;
	char *const *argv;
	const int *fds;
	unsigned int count;
	unsigned int flags;
	int null_fd;
	char *inner_stack;
	int pid;
	int err;
};

/* First all go above the places, so that none is overwritten before its turn. */
static int place(const struct start *start)
{
	int last = FIRST_GIVEN + start->count, null_fd, i;
	int given[SHIM_SPAWN_FDS];

	null_fd = fcntl(start->null_fd, F_DUPFD_CLOEXEC, last);
	if (null_fd < 0)
		return -errno;
	for (i = 0; i < (int)start->count; i++) {
		given[i] = fcntl(start->fds[i], F_DUPFD_CLOEXEC, last);
		if (given[i] < 0)
			return -errno;
	}
	for (i = 0; i < FIRST_GIVEN; i++) {
		if (i == 2 && (start->flags & SHIM_SPAWN_KEEP_STDERR))
			continue;
		if (dup2(null_fd, i) < 0)
			return -errno;
	}
	for (i = 0; i < (int)start->count; i++) {
		if (dup2(given[i], FIRST_GIVEN + i) < 0)
			return -errno;
	}
	return syscall(__NR_close_range, last, ~0U, 0) < 0 ? -errno : 0;
}

/*
 * A handler must not run on borrowed memory: all are off before the first signal
 * can come. The C library keeps two signals to itself, which the caller of our
 * caller may have us ignore: hence the kernel's own call, where all zero is SIG_DFL.
 */
static void reset_signals(void)
{
	const unsigned long normal[8] = { 0 };
	sigset_t none;
	int i;

	for (i = 1; i <= 64; i++)
		syscall(__NR_rt_sigaction, i, normal, NULL, 8);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static int become(void *argument)
{
	struct start *start = argument;

	if (start->flags & SHIM_SPAWN_DETACHED) {
		start->pid = getpid();
		if (setsid() < 0 || chdir("/") < 0) {
			start->err = -errno;
			_exit(127);
		}
	}
	start->err = place(start);
	if (start->err)
		_exit(127);
	reset_signals();
	execve(start->path, start->argv, environ);
	start->err = -errno;
	_exit(127);
}

/* Stands between us and a child that is to be nobody's: init inherits it at once. */
static int beget(void *argument)
{
	struct start *start = argument;

	if (clone(become, start->inner_stack, CLONE_VM | CLONE_VFORK | SIGCHLD, start) < 0)
		start->err = -errno;
	_exit(0);
}

static void reap(int pid, int *status)
{
	while (waitpid(pid, status, 0) < 0 && errno == EINTR)
		;
}

/*
 * Executes a file with the given descriptors at 3, 4, 5… and no other, with
 * /dev/null as standard files and with signals as at the birth of the system.
 * Returns the pid or -errno. A detached one has a session of its own and is
 * no child of ours; any other waits for shim_reap when it has ended.
 */
static int shim_spawn(const char *path, char *const *argv, const int *fds, unsigned int count,
		      unsigned int flags)
{
	struct start start = {
		.path = path,
		.argv = argv,
		.fds = fds,
		.count = count,
		.flags = flags,
	};
	int detached = flags & SHIM_SPAWN_DETACHED;
	sigset_t all, before;
	char *stacks;
	int pid;

	if (count > SHIM_SPAWN_FDS)
		return -E2BIG;
	start.null_fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	if (start.null_fd < 0)
		return -errno;
	stacks = mmap(NULL, 2 * STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
	if (stacks == MAP_FAILED) {
		pid = -errno;
		goto out;
	}
	start.inner_stack = stacks + STACK_BYTES;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	pid = clone(detached ? beget : become, stacks + 2 * STACK_BYTES, CLONE_VM | CLONE_VFORK | SIGCHLD, &start);
	if (pid < 0)
		pid = -errno;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	munmap(stacks, 2 * STACK_BYTES);
	if (pid > 0 && (detached || start.err))
		reap(pid, NULL);
	if (pid > 0 && start.err)
		pid = start.err;
	else if (pid > 0 && detached)
		pid = start.pid;
out:
	close(start.null_fd);
	return pid;
}

/* Ends a child of ours where it has not ended by itself: its wait status. */
static int shim_reap(int pid)
{
	int status = 0;

	kill(pid, SIGKILL);
	reap(pid, &status);
	return status;
}

/* for Java */

JAVA(jint, SpawnShim, shim_1spawn, jbyteArray path, jlong argv, jintArray fds, jint count, jint flags)
{
	char *path_bytes = shim_bytes(env, path);
	jint *fds_ints = shim_ints(env, fds);
	jint value = shim_spawn(path_bytes, (void *)argv, fds_ints, count, flags);

	shim_drop_bytes(env, path, path_bytes);
	shim_drop_ints(env, fds, fds_ints);
	return value;
}

JAVA(jint, SpawnShim, shim_1reap, jint pid)
{
	return shim_reap(pid);
}
