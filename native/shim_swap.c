// SPDX-License-Identifier: Apache-2.0
/* The replacing of programs, for Java. */
#include <errno.h>
#include <linux/magic.h>
#include <sys/mount.h>
#include <sys/vfs.h>

#include "shim_java.h"
#include "swap.h"

#ifndef BPF_FS_MAGIC
#define BPF_FS_MAGIC 0xcafe4a11
#endif

static int shim_swap_replace(const struct swap_place *place, int expected_fd, int other_fd, __u64 revision,
			     struct swap_answer *answer)
{
	return swap_replace(place, expected_fd, other_fd, revision, answer);
}

static int shim_swap_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	return swap_read(place, prog_id, standing);
}

static int shim_netns_open(const char *path, __u64 inode)
{
	return swap_open_netns(path, inode);
}

static int shim_cgroup_open(const char *path, __u64 id)
{
	return swap_open_cgroup(path, id);
}

static int shim_pin_renew(int fd, const char *path)
{
	return swap_pin_renew(fd, path);
}

/* 1 where the path is on a bpffs, 0 where it is on something else, or -errno. */
static int shim_bpffs_is(const char *path)
{
	struct statfs fs;

	return statfs(path, &fs) ? -errno : (unsigned int)fs.f_type == BPF_FS_MAGIC;
}

static int shim_bpffs_mount(const char *path)
{
	return mount("bpffs", path, "bpf", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=0700") ? -errno : 0;
}

/* for Java */

JAVA_SIZEOF(SwapShim, shim_1sizeof_1swap_1place, struct swap_place)
JAVA_SIZEOF(SwapShim, shim_1sizeof_1swap_1answer, struct swap_answer)
JAVA_SIZEOF(SwapShim, shim_1sizeof_1swap_1standing, struct swap_standing)

JAVA(jint, SwapShim, shim_1swap_1replace, jlong place, jint expected_fd, jint other_fd, jlong revision,
     jlong answer)
{
	return shim_swap_replace((void *)place, expected_fd, other_fd, revision, (void *)answer);
}

JAVA(jint, SwapShim, shim_1swap_1read, jlong place, jint prog_id, jlong standing)
{
	return shim_swap_read((void *)place, prog_id, (void *)standing);
}

JAVA(jint, SwapShim, shim_1netns_1open, jbyteArray path, jlong inode)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_netns_open(path_bytes, inode);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jint, SwapShim, shim_1cgroup_1open, jbyteArray path, jlong id)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_cgroup_open(path_bytes, id);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jint, SwapShim, shim_1pin_1renew, jint fd, jbyteArray path)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_pin_renew(fd, path_bytes);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jint, SwapShim, shim_1bpffs_1is, jbyteArray path)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_bpffs_is(path_bytes);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

JAVA(jint, SwapShim, shim_1bpffs_1mount, jbyteArray path)
{
	char *path_bytes = shim_bytes(env, path);
	jint value = shim_bpffs_mount(path_bytes);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}
