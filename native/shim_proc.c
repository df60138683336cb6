/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "shim.h"
#include "shim_java.h"

/*
 * Who holds what, by /proc. Processes come and go while it is walked: what is
 * gone is left out. All names stay bytes.
 */

#define DENTS_SPACE 32768

struct linux_dirent64 {
	__u64 d_ino;
	__s64 d_off;
	unsigned short d_reclen;
	unsigned char d_type;
	char d_name[];
};

struct out {
	char *at;
	char *end;
};

/* Calls each with every entry whose name is a number. */
static int each_number(int dir, int (*each)(int dir, __u32 number, void *arg),
		       void *arg)
{
	char dents[DENTS_SPACE] __attribute__((aligned(8)));
	struct linux_dirent64 *entry;
	long len, at;
	int err;

	while ((len = syscall(SYS_getdents64, dir, dents, sizeof(dents))) > 0) {
		for (at = 0; at < len; at += entry->d_reclen) {
			entry = (void *)(dents + at);
			if (!isdigit((unsigned char)entry->d_name[0]))
				continue;
			err = each(dir, strtoul(entry->d_name, NULL, 10), arg);
			if (err < 0)
				return err;
		}
	}
	return len < 0 ? -errno : 0;
}

static long read_at(int dir, const char *path, char *text, long space)
{
	long len;
	int fd;

	fd = openat(dir, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	len = read(fd, text, space - 1);
	if (len < 0)
		len = -errno;
	else
		text[len] = 0;
	close(fd);
	return len;
}

/* The kind an anonymous inode's name stands for, or -1. */
static int kind_of(const char *target, const char **key)
{
	if (!strcmp(target, "anon_inode:bpf-prog")) {
		*key = "\nprog_id:";
		return SHIM_PROG;
	}
	/* bpf_link when made by LINK_CREATE, bpf-link by OBJ_GET or by id */
	if (!strcmp(target, "anon_inode:bpf_link") ||
	    !strcmp(target, "anon_inode:bpf-link")) {
		*key = "\nlink_id:";
		return SHIM_LINK;
	}
	if (!strcmp(target, "anon_inode:bpf-map")) {
		*key = "\nmap_id:";
		return SHIM_MAP;
	}
	return -1;
}

struct fds {
	struct out *out;
	int task; /* /proc/PID */
	int fdinfo; /* of it, opened at the first BPF descriptor */
	int denied;
	struct shim_holding_row process;
};

/*
 * "812 (comm) S 1 ...": the name is in the first pair of parentheses and may
 * hold any byte but NUL, more parentheses too. Field 22 is the start in ticks,
 * which are hundredths of a second for user space on every architecture.
 */
static int read_process(struct fds *fds)
{
	char text[1024], *name, *end, *field;
	int i, len;

	if (read_at(fds->task, "stat", text, sizeof(text)) < 0)
		return -ESRCH;
	name = strchr(text, '(');
	end = strrchr(text, ')');
	if (!name || !end)
		return -ESRCH;
	len = end - name - 1;
	memcpy(fds->process.comm, name + 1, len > 15 ? 15 : len);
	field = end;
	for (i = 2; field && i < 22; i++)
		field = strchr(field + 1, ' ');
	if (!field)
		return -ESRCH;
	fds->process.start_boottime = strtoull(field, NULL, 10) * 10000000ULL;
	return 0;
}

static int begin_process(struct fds *fds)
{
	int err;

	if (fds->fdinfo >= 0)
		return 0;
	err = read_process(fds);
	if (err < 0)
		return err;
	fds->fdinfo = openat(fds->task, "fdinfo",
			     O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fds->fdinfo < 0 ? -errno : 0;
}

static int put_fd(int dir, __u32 number, void *arg)
{
	struct fds *fds = arg;
	struct shim_holding_row *row;
	char name[16], target[64], text[1024];
	const char *key, *value;
	long len;
	int kind;

	snprintf(name, sizeof(name), "%u", number);
	len = readlinkat(dir, name, target, sizeof(target) - 1);
	if (len < 0) {
		fds->denied |= errno == EACCES || errno == EPERM;
		return 0;
	}
	target[len] = 0;
	kind = kind_of(target, &key);
	if (kind < 0)
		return 0;
	len = begin_process(fds);
	if (!len)
		len = read_at(fds->fdinfo, name, text, sizeof(text));
	if (len < 0) {
		fds->denied |= len == -EACCES || len == -EPERM;
		return 0;
	}
	value = strstr(text, key);
	if (!value)
		return 0;
	if (fds->out->end - fds->out->at < (long)sizeof(*row))
		return -ENOSPC;
	row = (void *)fds->out->at;
	*row = fds->process;
	row->kind = kind;
	row->id = strtoul(value + strlen(key), NULL, 10);
	fds->out->at += sizeof(*row);
	return 0;
}

/* Whose descriptors; in the order of ProcWalk.Whose. */
enum whose {
	EVERYBODY = 0,
	OTHERS = 1,
	OWN = 2,
};

struct scan {
	struct out out;
	__u32 denied;
	__u32 left_out; /* a process, or 0 */
};

static int put_process(int proc, __u32 pid, void *arg)
{
	struct scan *scan = arg;
	struct fds fds = { .out = &scan->out, .fdinfo = -1, .process.tgid = pid };
	char name[16];
	int fd, err = 0;

	if (pid == scan->left_out)
		return 0;
	snprintf(name, sizeof(name), "%u", pid);
	fds.task = openat(proc, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fds.task < 0)
		return 0;
	fd = openat(fds.task, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		fds.denied = errno == EACCES || errno == EPERM;
	} else {
		err = each_number(fd, put_fd, &fds);
		close(fd);
		/* a process that ended meanwhile is no error */
		if (err != -ENOSPC)
			err = 0;
	}
	if (fds.fdinfo >= 0)
		close(fds.fdinfo);
	close(fds.task);
	scan->denied += fds.denied;
	return err;
}

/*
 * One struct shim_holding_row for each BPF descriptor of each process. Threads
 * that no longer share their process's descriptors are not seen: looking for
 * them would cost as much again for each thread of the host.
 */
static long shim_proc_holdings(char *buf, long cap, __u32 whose, __u32 *denied)
{
	struct scan scan = { .out = { buf, buf + cap } };
	char self[16] = "";
	int proc, err;

	*denied = 0;
	proc = open("/proc", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (proc < 0)
		return -errno;
	/* by the process namespace of this /proc */
	if (whose != EVERYBODY && readlinkat(proc, "self", self, sizeof(self) - 1) < 0) {
		err = -errno;
		goto out;
	}
	if (whose == OTHERS)
		scan.left_out = strtoul(self, NULL, 10);
	err = whose == OWN ? put_process(proc, strtoul(self, NULL, 10), &scan) : each_number(proc, put_process, &scan);
out:
	close(proc);
	*denied = scan.denied;
	return err < 0 ? err : scan.out.at - buf;
}

/* for Java */

JAVA(jlong, ProcShim, shim_1proc_1holdings, jlong buf, jlong cap, jint whose, jlong denied)
{
	return shim_proc_holdings((void *)buf, cap, whose, (void *)denied);
}
