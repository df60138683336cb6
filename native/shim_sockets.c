/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shim.h"
#include "shim_java.h"

/* Which sockets the processes of some names hold, by /proc. */

struct sockets {
	struct shim_socket_row *rows;
	long count;
	long room;
};

/* Whether the name is in a list of such, each with its NUL and an empty one at the end. */
static int is_listed(const char *names, const char *name)
{
	for (; *names; names += strlen(names) + 1)
		if (!strcmp(names, name))
			return 1;
	return 0;
}

/* The process's name without the line feed, at most 15 bytes; -errno. */
static int read_comm(int proc, __u32 pid, char *comm)
{
	char path[64];
	ssize_t len;
	int fd;

	snprintf(path, sizeof(path), "%u/comm", pid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	memset(comm, 0, 16);
	len = read(fd, comm, 16);
	close(fd);
	if (len < 1)
		return -ESRCH;
	comm[len - 1] = 0;
	return 0;
}

static int put_sockets(int fds, const struct shim_socket_row *process, struct sockets *out)
{
	static const char kind[] = "socket:[";
	struct dirent *entry;
	char target[64];
	ssize_t len;
	DIR *dir;
	int err = 0;

	dir = fdopendir(fds);
	if (!dir) {
		err = -errno;
		close(fds);
		return err;
	}
	while ((entry = readdir(dir))) {
		len = readlinkat(dirfd(dir), entry->d_name, target, sizeof(target) - 1);
		if (len < 0) {
			if (errno == EACCES || errno == EPERM)
				err = -errno;
			continue;
		}
		target[len] = 0;
		if (strncmp(target, kind, sizeof(kind) - 1))
			continue;
		if (out->count == out->room) {
			err = -ENOSPC;
			break;
		}
		out->rows[out->count] = *process;
		out->rows[out->count++].inode = strtoull(target + sizeof(kind) - 1, NULL, 10);
	}
	closedir(dir);
	return err;
}

/*
 * A row for each socket descriptor of each process whose name is in the list.
 * The count of those that may not be looked at goes to denied.
 */
static long shim_proc_sockets(const char *names, struct shim_socket_row *rows, long cap, __u32 *denied)
{
	struct sockets out = { .rows = rows, .room = cap / (long)sizeof(*rows) };
	struct shim_socket_row process = {};
	struct dirent *entry;
	char path[64];
	int fds, err = 0;
	DIR *proc;

	*denied = 0;
	proc = opendir("/proc");
	if (!proc)
		return -errno;
	while (err != -ENOSPC && (entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		process.pid = strtoul(entry->d_name, NULL, 10);
		if (read_comm(dirfd(proc), process.pid, process.comm) || !is_listed(names, process.comm))
			continue;
		snprintf(path, sizeof(path), "%u/fd", process.pid);
		fds = openat(dirfd(proc), path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		err = fds < 0 ? -errno : put_sockets(fds, &process, &out);
		*denied += err == -EACCES || err == -EPERM;
	}
	closedir(proc);
	return err == -ENOSPC ? err : out.count * (long)sizeof(*rows);
}

/* for Java */

JAVA(jlong, SocketShim, shim_1proc_1sockets, jbyteArray names, jlong rows, jlong cap, jlong denied)
{
	char *names_bytes = shim_bytes(env, names);
	jlong value = shim_proc_sockets(names_bytes, (void *)rows, cap, (void *)denied);

	shim_drop_bytes(env, names, names_bytes);
	return value;
}
