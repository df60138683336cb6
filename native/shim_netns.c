/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "netns.h"
#include "shim.h"
#include "shim_java.h"

/* Which namespaces there are. */

#ifndef SO_NETNS_COOKIE
#define SO_NETNS_COOKIE 71
#endif

/* Of more processes that hide, none is asked what else it shows. */
#define MOST_HIDDEN 64

/* "net:[4026531833]" of a link under /proc/PID/ns; 0 where it cannot be read. */
static __u64 ns_inode(int dir, const char *path)
{
	char target[64];
	const char *bracket;
	ssize_t len;

	len = readlinkat(dir, path, target, sizeof(target) - 1);
	if (len <= 0)
		return 0;
	target[len] = 0;
	bracket = strchr(target, '[');
	return bracket ? strtoull(bracket + 1, NULL, 10) : 0;
}

/* New are a network or a mount namespace that no row before has. */
static int is_new(const struct shim_ns_row *rows, long count,
		  const struct shim_ns_row *row)
{
	int net = row->net_ino != 0, mnt = row->mnt_ino != 0;
	long i;

	for (i = 0; i < count && (net || mnt); i++) {
		net = net && rows[i].net_ino != row->net_ino;
		mnt = mnt && rows[i].mnt_ino != row->mnt_ino;
	}
	return net || mnt;
}

/*
 * The inode of a file of procfs that each network namespace has its own of. It
 * shows of every process, where ns/net does not; 0 of one that has ended.
 */
static __u64 net_file(int proc, __u32 pid)
{
	char path[64] = "thread-self/net/dev";
	struct stat st;

	if (pid)
		snprintf(path, sizeof(path), "%u/net/dev", pid);
	return fstatat(proc, path, &st, 0) ? 0 : st.st_ino;
}

/* How many of them may be in a network namespace that no row shows. */
static __u32 count_unseen(int proc, const __u32 *hidden, __u32 hidden_count,
			  const struct shim_ns_row *rows, long count)
{
	__u32 unseen = 0;
	__u32 i;
	long row;

	for (i = 0; i < hidden_count; i++) {
		__u64 file = net_file(proc, hidden[i]);

		if (!file)
			continue;
		for (row = 0; row < count; row++)
			if (rows[row].net_ino && net_file(proc, rows[row].pid) == file)
				break;
		unseen += row == count;
	}
	return unseen;
}

/*
 * Rows of processes which show a namespace that those before do not; the first
 * is the calling thread, as process 0. The count of processes that may not be
 * looked at, and may be in yet another network namespace, goes to denied.
 */
static long shim_namespaces(struct shim_ns_row *rows, long cap, __u32 *denied)
{
	char path[64];
	struct shim_ns_row row = {};
	__u32 hidden[MOST_HIDDEN];
	__u32 hidden_count = 0;
	struct dirent *entry;
	long count = 1;
	DIR *proc;

	*denied = 0;
	if (cap < (long)sizeof(row))
		return -ENOSPC;
	proc = opendir("/proc");
	if (!proc)
		return -errno;
	row.net_ino = ns_inode(dirfd(proc), "thread-self/ns/net");
	row.mnt_ino = ns_inode(dirfd(proc), "thread-self/ns/mnt");
	rows[0] = row;
	while ((entry = readdir(proc))) {
		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		row.pid = strtoul(entry->d_name, NULL, 10);
		snprintf(path, sizeof(path), "%u/ns/net", row.pid);
		errno = 0;
		row.net_ino = ns_inode(dirfd(proc), path);
		if (!row.net_ino && errno == EACCES) {
			if (hidden_count < MOST_HIDDEN)
				hidden[hidden_count++] = row.pid;
			else
				++*denied;
		}
		snprintf(path, sizeof(path), "%u/ns/mnt", row.pid);
		row.mnt_ino = ns_inode(dirfd(proc), path);
		if (!is_new(rows, count, &row))
			continue;
		if ((count + 1) * (long)sizeof(row) > cap) {
			closedir(proc);
			return -ENOSPC;
		}
		rows[count++] = row;
	}
	*denied += count_unseen(dirfd(proc), hidden, hidden_count, rows, count);
	closedir(proc);
	return count * sizeof(row);
}

/*
 * The number of the mount that is the root of a process. Any process shows its
 * mounts, also one whose namespaces may not be looked at. -errno, or -ENOENT
 * of one that has ended.
 */
static long first_mount(int proc, __u32 pid)
{
	char path[64], text[16];
	ssize_t len = 0;
	int err = 0, fd;

	snprintf(path, sizeof(path), "%u/mountinfo", pid);
	fd = openat(proc, path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		len = read(fd, text, sizeof(text) - 1);
	if (fd < 0 || len < 0)
		err = errno;
	if (fd >= 0)
		close(fd);
	if (err)
		return err == EACCES || err == EPERM ? -EACCES : -ENOENT;
	if (!len)
		return -ENOENT;
	text[len] = 0;
	return strtoul(text, NULL, 10);
}

/*
 * Processes whose mount namespace may not be looked at, a row for each root.
 * A zombie has no mounts, and hides none.
 */
static long shim_hidden_mounts(struct shim_hidden_row *rows, long cap)
{
	struct dirent *entry;
	char path[64];
	long count = 0, i;
	DIR *proc;

	proc = opendir("/proc");
	if (!proc)
		return -errno;
	while ((entry = readdir(proc))) {
		struct shim_hidden_row row = { .processes = 1 };
		long mount;

		if (!isdigit((unsigned char)entry->d_name[0]))
			continue;
		row.pid = strtoul(entry->d_name, NULL, 10);
		snprintf(path, sizeof(path), "%u/ns/mnt", row.pid);
		errno = 0;
		if (ns_inode(dirfd(proc), path) || errno != EACCES)
			continue;
		mount = first_mount(dirfd(proc), row.pid);
		if (mount == -ENOENT)
			continue;
		row.mount = mount < 0 ? 0 : mount;
		row.error = mount < 0 ? -mount : 0;
		for (i = 0; i < count; i++)
			if (rows[i].mount == row.mount && rows[i].error == row.error)
				break;
		if (i < count) {
			rows[i].processes++;
			continue;
		}
		if ((count + 1) * (long)sizeof(row) > cap) {
			closedir(proc);
			return -ENOSPC;
		}
		rows[count++] = row;
	}
	closedir(proc);
	return count * sizeof(*rows);
}

/*
 * The files of a directory such as /run/netns that stand for a namespace: a
 * record with the inode, then the name and its NUL. proc is on another device
 * than nsfs, so an empty file that nobody has mounted over is not taken.
 */
static long shim_netns_names(const char *directory, char *buf, long cap)
{
	struct shim_ns_name *name;
	struct stat own, st;
	struct dirent *entry;
	char *at = buf;
	long size, err = 0;
	DIR *dir;

	if (stat("/proc/thread-self/ns/net", &own))
		return -errno;
	dir = opendir(directory);
	if (!dir)
		return -errno;
	while ((entry = readdir(dir))) {
		if (entry->d_name[0] == '.' && (!entry->d_name[1] || !strcmp(entry->d_name, "..")))
			continue;
		if (fstatat(dirfd(dir), entry->d_name, &st, 0) || st.st_dev != own.st_dev)
			continue;
		size = SHIM_ALIGN(sizeof(*name) + strlen(entry->d_name) + 1);
		if (buf + cap - at < size) {
			err = -ENOSPC;
			break;
		}
		name = (void *)at;
		memset(name, 0, size);
		name->size = size;
		name->ino = st.st_ino;
		memcpy(name + 1, entry->d_name, strlen(entry->d_name));
		at += size;
	}
	closedir(dir);
	return err ? err : at - buf;
}

/*
 * SO_NETNS_COOKIE of the namespace at path. -EXDEV: it was read, but there is
 * no way back to the caller's own namespace.
 */
static long shim_netns_cookie(const char *path, __u64 inode, __u64 *cookie)
{
	struct netns_visit visit;
	socklen_t len = sizeof(*cookie);
	int err, fd;

	err = netns_enter(&visit, path, inode);
	if (err)
		return err;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || getsockopt(fd, SOL_SOCKET, SO_NETNS_COOKIE, cookie, &len))
		err = -errno;
	if (fd >= 0)
		close(fd);
	return netns_leave(&visit) ? -EXDEV : err;
}

/* for Java */

JAVA(jlong, NamespaceShim, shim_1namespaces, jlong rows, jlong cap, jlong denied)
{
	return shim_namespaces((void *)rows, cap, (void *)denied);
}

JAVA(jlong, NamespaceShim, shim_1hidden_1mounts, jlong rows, jlong cap)
{
	return shim_hidden_mounts((void *)rows, cap);
}

JAVA(jlong, NamespaceShim, shim_1netns_1names, jbyteArray directory, jlong buf, jlong cap)
{
	char *directory_bytes = shim_bytes(env, directory);
	jlong value = shim_netns_names(directory_bytes, (void *)buf, cap);

	shim_drop_bytes(env, directory, directory_bytes);
	return value;
}

JAVA(jlong, NamespaceShim, shim_1netns_1cookie, jbyteArray path, jlong inode, jlong cookie)
{
	char *path_bytes = shim_bytes(env, path);
	jlong value = shim_netns_cookie(path_bytes, inode, (void *)cookie);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}
