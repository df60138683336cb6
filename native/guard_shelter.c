// SPDX-License-Identifier: Apache-2.0
/*
 * Out of the reach of what may end the caller: its terminal, its session, the
 * OOM killer, a full swap device, the end of its systemd scope. Where the host
 * does not allow one of them the guard stands all the same, and says so.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "guard.h"

#define CGROUP_NAME "bpfbay-guard"

/*
 * Whoever starts the guard gives it a session of its own, /dev/null, the root
 * directory and no descriptor but the socket and the locks: see shim_spawn.c.
 */
int guard_go_deaf(void)
{
	static const int deaf[] = { SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTSTP, SIGTTIN,
				    SIGTTOU, SIGUSR1, SIGUSR2, SIGALRM };
	struct rlimit files;
	unsigned int i;

	for (i = 0; i < sizeof(deaf) / sizeof(deaf[0]); i++)
		signal(deaf[i], SIG_IGN);
	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	umask(077);
	return prctl(PR_SET_NAME, GUARD_NAME) < 0 ? -errno : 0;
}

static void lack(struct guard *guard, const char *what, int err)
{
	const char *name = strerrorname_np(-err);
	char *grown, clause[128];
	size_t length;

	length = snprintf(clause, sizeof(clause), "%s: %s", what, name ? name : "?") + 1;
	grown = realloc(guard->lacks, guard->lacks_length + length);
	if (!grown)
		return;
	guard->lacks = grown;
	memcpy(grown + guard->lacks_length, clause, length);
	guard->lacks_length += length;
}

static int write_text(const char *path, const char *text)
{
	int fd, err = 0;

	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

/*
 * Calls visit for the root of each hierarchy by which a service manager finds
 * the processes of a unit: cgroup2, and systemd's own in the old layout.
 */
static int each_hierarchy(int (*visit)(const char *root))
{
	char *line = NULL;
	size_t size = 0;
	FILE *mounts;
	int err = -ENOENT;

	mounts = fopen("/proc/self/mountinfo", "re");
	if (!mounts)
		return -errno;
	while (getline(&line, &size, mounts) > 0) {
		char *tail = strstr(line, " - "), root[512];

		if (!tail || sscanf(line, "%*d %*d %*s %*s %511s", root) != 1)
			continue;
		if (strncmp(tail, " - cgroup2 ", 11) &&
		    (strncmp(tail, " - cgroup ", 10) || !strstr(tail, "name=systemd")))
			continue;
		err = visit(root);
		if (err)
			break;
	}
	free(line);
	fclose(mounts);
	return err;
}

static int join_own(const char *root)
{
	char path[600];

	snprintf(path, sizeof(path), "%s/" CGROUP_NAME, root);
	if (mkdir(path, 0755) && errno != EEXIST)
		return -errno;
	snprintf(path, sizeof(path), "%s/" CGROUP_NAME "/cgroup.procs", root);
	return write_text(path, "0");
}

/* The directory goes with the last guard in it. */
static int leave_own(const char *root)
{
	char path[600];

	snprintf(path, sizeof(path), "%s/cgroup.procs", root);
	write_text(path, "0");
	snprintf(path, sizeof(path), "%s/" CGROUP_NAME, root);
	rmdir(path);
	return 0;
}

void guard_take_shelter(struct guard *guard)
{
	int err;

	err = each_hierarchy(join_own);
	if (err)
		lack(guard, "no cgroup of its own, ends with its caller's", err);
	err = write_text("/proc/self/oom_score_adj", "-1000");
	if (err)
		lack(guard, "not safe from the OOM killer", err);
	if (mlockall(MCL_CURRENT | MCL_FUTURE))
		lack(guard, "its memory is not locked", -errno);
}

void guard_leave_shelter(void)
{
	each_hierarchy(leave_own);
}
