// SPDX-License-Identifier: Apache-2.0
/* The replacing of programs, for Java. */
#include <errno.h>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/vfs.h>

#include "shim.h"
#include "swap.h"

#ifndef BPF_FS_MAGIC
#define BPF_FS_MAGIC 0xcafe4a11
#endif

SHIM_EXPORT int shim_sizeof_swap_place(void)
{
	return sizeof(struct swap_place);
}

SHIM_EXPORT int shim_sizeof_swap_answer(void)
{
	return sizeof(struct swap_answer);
}

SHIM_EXPORT int shim_sizeof_swap_standing(void)
{
	return sizeof(struct swap_standing);
}

SHIM_EXPORT int shim_swap_replace(const struct swap_place *place, int expected_fd, int other_fd, __u64 revision,
				  struct swap_answer *answer)
{
	return swap_replace(place, expected_fd, other_fd, revision, answer);
}

SHIM_EXPORT int shim_swap_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	return swap_read(place, prog_id, standing);
}

SHIM_EXPORT int shim_netns_open(const char *path, __u64 inode)
{
	return swap_open_netns(path, inode);
}

SHIM_EXPORT int shim_cgroup_open(const char *path, __u64 id)
{
	return swap_open_cgroup(path, id);
}

SHIM_EXPORT int shim_pin_renew(int fd, const char *path)
{
	return swap_pin_renew(fd, path);
}

/* 1 where the path is on a bpffs, 0 where it is on something else, or -errno. */
SHIM_EXPORT int shim_bpffs_is(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) ? -errno : (unsigned int)fs.f_type == BPF_FS_MAGIC;
}

SHIM_EXPORT int shim_bpffs_mount(const char *path)
{
	return mount("bpffs", path, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0700") ? -errno : 0;
}
