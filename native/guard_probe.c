// SPDX-License-Identifier: Apache-2.0
/*
 * The operator's own test of whether all is well: run after the commit, and
 * once more before the deadline. It has its own process group, so that nothing
 * of it stays.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"

#define NS_PER_MS 1000000ULL
#define NS_PER_S 1000000000ULL

uint64_t guard_timer_left(int timer)
{
	struct itimerspec left;

	if (timerfd_gettime(timer, &left))
		return 0;
	return left.it_value.tv_sec * NS_PER_S + left.it_value.tv_nsec;
}

/* 0 stops it. */
int guard_timer_set(int timer, uint64_t ns)
{
	struct itimerspec wanted = { .it_value = { ns / NS_PER_S, ns % NS_PER_S } };

	return timerfd_settime(timer, 0, &wanted, NULL) ? -errno : 0;
}

static void become_probe(const char *path)
{
	char *const argv[] = { (char *)path, NULL };
	sigset_t none;
	int fd, i;

	setpgid(0, 0);
	for (i = 1; i < NSIG; i++)
		signal(i, SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	fd = open("/proc/self/oom_score_adj", O_WRONLY);
	if (fd >= 0 && write(fd, "0", 1) < 0)
		_exit(127);
	syscall(__NR_close_range, 3, ~0U, 0);
	execv(path, argv);
	_exit(127);
}

int guard_probe_start(struct guard *guard)
{
	struct guard_probe *probe = &guard->probe;
	int err;

	probe->run++;
	probe->pid = fork();
	if (!probe->pid)
		become_probe(probe->path);
	if (probe->pid < 0) {
		err = -errno;
		goto out;
	}
	setpgid(probe->pid, probe->pid);
	probe->pidfd = syscall(__NR_pidfd_open, probe->pid, 0);
	err = probe->pidfd < 0 ? -errno : guard_timer_set(probe->timer, probe->limit_ms * NS_PER_MS);
	if (err)
		guard_probe_end(guard);
out:
	if (err)
		snprintf(guard->reason, sizeof(guard->reason), "probe %s cannot be started: %s",
			 probe->path, strerrorname_np(-err));
	return err;
}

/* The second run leaves itself its limit, but not more than half of what is left. */
void guard_probe_plan(struct guard *guard)
{
	uint64_t left = guard_timer_left(guard->deadline);
	uint64_t own = guard->probe.limit_ms * NS_PER_MS;

	if (own > left / 2)
		own = left / 2;
	guard_timer_set(guard->probe.timer, left > own ? left - own : 1);
}

void guard_probe_end(struct guard *guard)
{
	struct guard_probe *probe = &guard->probe;

	if (probe->pid <= 0)
		return;
	kill(-probe->pid, SIGKILL);
	kill(probe->pid, SIGKILL);
	waitpid(probe->pid, NULL, 0);
	if (probe->pidfd >= 0)
		close(probe->pidfd);
	probe->pid = 0;
	probe->pidfd = -1;
	guard_timer_set(probe->timer, 0);
}

/* 0: all is well. Else the reason why not is written down. */
int guard_probe_judge(struct guard *guard)
{
	struct guard_probe *probe = &guard->probe;
	siginfo_t info = { 0 };
	bool is_over;

	is_over = !waitid(P_PID, probe->pid, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid;
	guard_probe_end(guard);
	if (is_over && info.si_code == CLD_EXITED && !info.si_status)
		return 0;
	if (!is_over)
		snprintf(guard->reason, sizeof(guard->reason), "probe %s did not end within %llu ms",
			 probe->path, (unsigned long long)probe->limit_ms);
	else
		snprintf(guard->reason, sizeof(guard->reason), "probe %s %s %d", probe->path,
			 info.si_code == CLD_EXITED ? "exited with" : "was killed by signal",
			 info.si_status);
	return -ECANCELED;
}
