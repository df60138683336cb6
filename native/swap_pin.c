// SPDX-License-Identifier: Apache-2.0
/* A pin that changes what it names, without a moment in which it names nothing. */
#define _GNU_SOURCE
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include "shim_bpf.h"
#include "swap.h"

static int pin(int fd, const char *path)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = (__u64)(unsigned long)path;
	attr.bpf_fd = fd;
	return shim_bpf(BPF_OBJ_PIN, &attr);
}

int swap_pin_renew(int fd, const char *path)
{
	char temporary[PATH_MAX];
	struct stat st;
	int n, err;

	if (lstat(path, &st))
		return -errno;
	/* No dot: bpffs refuses names with one. */
	n = snprintf(temporary, sizeof(temporary), "%s_bpfbay_%d", path, getpid());
	if (n < 0 || n >= (int)sizeof(temporary))
		return -ENAMETOOLONG;
	err = pin(fd, temporary);
	if (err == -EEXIST) {
		/* Left by a process of this number that was ended half way. */
		unlink(temporary);
		err = pin(fd, temporary);
	}
	if (err < 0)
		return err;
	/* Whoever could open the old one can open the new one. */
	if (lchown(temporary, st.st_uid, st.st_gid) || chmod(temporary, st.st_mode & 07777) ||
	    rename(temporary, path)) {
		err = -errno;
		unlink(temporary);
		return err;
	}
	return 0;
}
