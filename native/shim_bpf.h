/* SPDX-License-Identifier: Apache-2.0 */
/* bpf(2) as the shim needs it; every function gives a value or -errno. */
#ifndef BPFBAY_SHIM_BPF_H
#define BPFBAY_SHIM_BPF_H

#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * More than any kernel's bpf_prog_info, bpf_link_info or bpf_map_info: the
 * kernel says in info_len how much of it is valid, and refuses a longer buffer
 * only where its tail is not zero.
 */
#define SHIM_INFO_SPACE 512

static inline int shim_bpf(int cmd, union bpf_attr *attr)
{
	long value = syscall(__NR_bpf, cmd, attr, sizeof(*attr));

	return value < 0 ? -errno : (int)value;
}

/* The next id, or -ENOENT behind the last one. */
static inline int shim_next_id(int cmd, __u32 after, __u32 *next)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.start_id = after;
	err = shim_bpf(cmd, &attr);
	*next = attr.next_id;
	return err;
}

static inline int shim_fd_by_id(int cmd, __u32 id, __u32 open_flags)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	attr.open_flags = open_flags;
	return shim_bpf(cmd, &attr);
}

/* The valid length of info, which holds zeroes and the caller's pointers. */
static inline int shim_info(int fd, void *info, __u32 space)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = space;
	attr.info.info = (__u64)(unsigned long)info;
	err = shim_bpf(BPF_OBJ_GET_INFO_BY_FD, &attr);
	return err < 0 ? err : (int)attr.info.info_len;
}

#endif
