/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>

#include "shim.h"
#include "shim_bpf.h"
#include "shim_java.h"

/*
 * Pins. Looking at a directory opens no pin; which object a pin holds is asked
 * apart, once for each inode. Several paths stand one behind the other, each
 * with its NUL.
 */

static __s64 nanoseconds(const struct timespec *time)
{
	return time->tv_sec * 1000000000LL + time->tv_nsec;
}

/*
 * One directory: its device and time of change, then a record for each file
 * and directory in it with the name and its NUL. The time is taken first, so
 * that what changes meanwhile is seen by the next look at it, and before that
 * the clock by which files get their times: it stands still from one tick to
 * the next, which on a starved machine is not soon.
 */
static long shim_bpffs_list(const char *path, char *buf, long cap)
{
	struct shim_dir *head = (void *)buf;
	struct shim_dir_entry *out;
	struct timespec clock;
	struct dirent *entry;
	struct stat st;
	char *at = buf + sizeof(*head);
	long size, err = 0;
	DIR *dir;

	if (cap < (long)sizeof(*head))
		return -ENOSPC;
	if (clock_gettime(CLOCK_REALTIME_COARSE, &clock))
		return -errno;
	dir = opendir(path);
	if (!dir)
		return -errno;
	if (fstat(dirfd(dir), &st)) {
		err = -errno;
		goto out;
	}
	head->major = major(st.st_dev);
	head->minor = minor(st.st_dev);
	head->mtime = nanoseconds(&st.st_mtim);
	head->clock = nanoseconds(&clock);
	while ((entry = readdir(dir))) {
		if (entry->d_type != DT_DIR && entry->d_type != DT_REG)
			continue;
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		size = SHIM_ALIGN(sizeof(*out) + strlen(entry->d_name) + 1);
		if (buf + cap - at < size) {
			err = -ENOSPC;
			goto out;
		}
		out = (void *)at;
		memset(out, 0, size);
		out->size = size;
		out->is_dir = entry->d_type == DT_DIR;
		out->ino = entry->d_ino;
		memcpy(out + 1, entry->d_name, strlen(entry->d_name));
		at += size;
	}
out:
	closedir(dir);
	return err ? err : at - buf;
}

/* The time of change of each path, or -errno. */
static long shim_bpffs_mtimes(const char *paths, long count, __s64 *mtimes, long cap)
{
	struct stat st;
	long i;

	if (cap < count * (long)sizeof(*mtimes))
		return -ENOSPC;
	for (i = 0; i < count; i++, paths += strlen(paths) + 1)
		mtimes[i] = stat(paths, &st) ? -errno : nanoseconds(&st.st_mtim);
	return count * sizeof(*mtimes);
}

/* Read-only where that is possible, which is for maps. */
static int open_pin(const char *path)
{
	union bpf_attr attr;
	int fd;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = (__u64)(unsigned long)path;
	attr.file_flags = BPF_F_RDONLY;
	fd = shim_bpf(BPF_OBJ_GET, &attr);
	if (fd != -EINVAL)
		return fd;
	attr.file_flags = 0;
	return shim_bpf(BPF_OBJ_GET, &attr);
}

static int kind_of_fd(int fd)
{
	char path[64], target[64];
	ssize_t len;

	snprintf(path, sizeof(path), "/proc/thread-self/fd/%d", fd);
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	target[len] = 0;
	if (!strcmp(target, "anon_inode:bpf-prog"))
		return SHIM_PROG;
	if (!strcmp(target, "anon_inode:bpf-map"))
		return SHIM_MAP;
	/* bpf-link, bpf_link */
	return SHIM_LINK;
}

static int identify_fd(int fd, struct shim_pin *pin)
{
	__u32 type_and_id[2] = {};
	int err;

	err = kind_of_fd(fd);
	if (err < 0)
		return err;
	pin->kind = err;
	err = shim_info(fd, type_and_id, sizeof(type_and_id));
	pin->id = type_and_id[1];
	return err < 0 ? err : 0;
}

static int identify(const char *path, struct shim_pin *pin)
{
	int fd, err;

	fd = open_pin(path);
	if (fd < 0)
		return fd;
	err = identify_fd(fd, pin);
	close(fd);
	return err;
}

/* What a descriptor holds. */
static int shim_fd_identify(int fd, struct shim_pin *pin)
{
	memset(pin, 0, sizeof(*pin));
	return identify_fd(fd, pin);
}

/* What each path holds. */
static long shim_bpffs_identify(const char *paths, long count, struct shim_pin *pins, long cap)
{
	long i;

	if (cap < count * (long)sizeof(*pins))
		return -ENOSPC;
	for (i = 0; i < count; i++, paths += strlen(paths) + 1) {
		memset(&pins[i], 0, sizeof(pins[i]));
		pins[i].error = -identify(paths, &pins[i]);
	}
	return count * sizeof(*pins);
}

/* for Java */

JAVA(jlong, BpffsShim, shim_1bpffs_1list, jbyteArray path, jlong buf, jlong cap)
{
	char *path_bytes = shim_bytes(env, path);
	jlong value = shim_bpffs_list(path_bytes, (void *)buf, cap);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jlong, BpffsShim, shim_1bpffs_1mtimes, jlong paths, jlong count, jlong mtimes, jlong cap)
{
	return shim_bpffs_mtimes((void *)paths, count, (void *)mtimes, cap);
}

JAVA(jint, BpffsShim, shim_1fd_1identify, jint fd, jlong pin)
{
	return shim_fd_identify(fd, (void *)pin);
}

JAVA(jlong, BpffsShim, shim_1bpffs_1identify, jlong paths, jlong count, jlong pins, jlong cap)
{
	return shim_bpffs_identify((void *)paths, count, (void *)pins, cap);
}
