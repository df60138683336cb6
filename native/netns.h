/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFBAY_NETNS_H
#define BPFBAY_NETNS_H

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A visit of the calling thread to another network namespace. Both
 * descriptors are open for the length of one call only, since each keeps a
 * namespace alive.
 */
struct netns_visit {
	int home;
	int there; /* equals home where the namespace is the own one */
};

static inline int netns_open(const char *path, uint64_t inode)
{
	struct stat st;
	int fd;

	/* Not blocking: a fifo may stand where a namespace stood. */
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) || st.st_ino != inode) {
		close(fd);
		return -ESTALE;
	}
	return fd;
}

static inline int netns_leave(struct netns_visit *visit)
{
	int err = 0;

	if (visit->there >= 0 && visit->there != visit->home) {
		if (setns(visit->home, CLONE_NEWNET))
			err = -errno;
		close(visit->there);
	}
	if (visit->home >= 0)
		close(visit->home);
	visit->home = visit->there = -1;
	return err;
}

/* The same by a descriptor, which stays the caller's; -1 stays at home. */
static inline int netns_enter_fd(struct netns_visit *visit, int fd)
{
	struct stat home, there;
	int err;

	visit->home = visit->there = -1;
	if (fd < 0)
		return 0;
	visit->home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (visit->home < 0)
		return -errno;
	visit->there = visit->home;
	if (fstat(visit->home, &home) || fstat(fd, &there)) {
		err = -errno;
		goto out;
	}
	if (home.st_ino == there.st_ino)
		return 0;
	/* Home first, as below. */
	if (setns(visit->home, CLONE_NEWNET) || setns(fd, CLONE_NEWNET)) {
		err = -errno;
		goto out;
	}
	visit->there = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	if (visit->there >= 0)
		return 0;
	err = -errno;
	setns(visit->home, CLONE_NEWNET);
	visit->there = visit->home;
out:
	netns_leave(visit);
	return err;
}

/* -ESTALE: path names another namespace by now. */
static inline int netns_enter(struct netns_visit *visit, const char *path, uint64_t inode)
{
	struct stat st;
	int err;

	visit->there = -1;
	visit->home = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (visit->home < 0)
		return -errno;
	if (fstat(visit->home, &st)) {
		err = -errno;
		goto out;
	}
	if (st.st_ino == inode) {
		visit->there = visit->home;
		return 0;
	}
	err = netns_open(path, inode);
	if (err < 0)
		goto out;
	/*
	 * Whoever may enter may still not be allowed back, when home belongs
	 * to another user namespace: entering home first tells.
	 */
	if (setns(visit->home, CLONE_NEWNET) || setns(err, CLONE_NEWNET)) {
		int there = err;

		err = -errno;
		close(there);
		goto out;
	}
	visit->there = err;
	return 0;
out:
	netns_leave(visit);
	return err;
}

#endif
