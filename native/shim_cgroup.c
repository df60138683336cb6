// SPDX-License-Identifier: Apache-2.0
/* The unified hierarchy and the programs that are attached to it. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "prog_query.h"
#include "shim.h"
#include "shim_java.h"

#define CGROUP2_MAGIC 0x63677270
#define LISTING 32768

enum { ENTRY_CGROUP = 1, ENTRY_CHAIN = 2 };

/* Begins every entry; size is that of the whole one, a multiple of 8. */
struct shim_entry {
	uint32_t size;
	uint32_t kind;
};

/* Followed by the path from the mount, NUL-terminated; empty for the mount itself. */
struct shim_cgroup {
	struct shim_entry entry;
	uint64_t id;
	int32_t error;
	uint32_t path_size;
};
_Static_assert(sizeof(struct shim_cgroup) == 24, "ABI");

/* Followed by count program ids and count attach flags. */
struct shim_chain {
	struct shim_entry entry;
	uint64_t cgroup_id;
	uint64_t revision;
	uint32_t attach_type;
	uint32_t attach_flags;
	int32_t error;
	uint32_t count;
};
_Static_assert(sizeof(struct shim_chain) == 40, "ABI");

struct linux_dirent64 {
	uint64_t d_ino;
	int64_t d_off;
	uint16_t d_reclen;
	uint8_t d_type;
	char d_name[];
};

struct walk {
	char *buf;
	uint64_t capacity;
	uint64_t used;
};

static void *append(struct walk *walk, uint64_t size, uint32_t kind)
{
	struct shim_entry *entry = (struct shim_entry *)(walk->buf + walk->used);

	size = SHIM_ALIGN(size);
	if (walk->capacity - walk->used < size)
		return NULL;
	memset(entry, 0, size);
	entry->size = size;
	entry->kind = kind;
	walk->used += size;
	return entry;
}

static int add_cgroup(struct walk *walk, uint64_t id, const char *parent, const char *name)
{
	size_t above = strlen(parent), length = strlen(name);
	struct shim_cgroup *cgroup;
	char *path;

	cgroup = append(walk, sizeof(*cgroup) + above + length + 2, ENTRY_CGROUP);
	if (!cgroup)
		return -ENOSPC;
	cgroup->id = id;
	path = (char *)(cgroup + 1);
	memcpy(path, parent, above);
	if (above)
		path[above++] = '/';
	memcpy(path + above, name, length);
	cgroup->path_size = above + length;
	return 0;
}

/* The list may grow between counting and reading it. */
static int read_chain(int fd, uint32_t type, struct prog_query *attr, uint32_t *ids, uint32_t room)
{
	uint32_t each = 1;
	int err;

	for (;;) {
		*attr = (struct prog_query){
			.target = fd,
			.attach_type = type,
			.prog_ids = (uintptr_t)ids,
			.prog_attach_flags = each ? (uintptr_t)(ids + room) : 0,
			.count = room,
		};
		err = prog_query(attr);
		if (err != -EINVAL || !each)
			return err;
		each = 0; /* flags of each program: since 6.0 */
	}
}

static int add_chain(struct walk *walk, int fd, uint64_t id, uint32_t type)
{
	struct prog_query attr = { .target = fd, .attach_type = type };
	struct shim_chain *chain;
	uint32_t *ids, room;
	uint64_t start = walk->used;
	int err, tries;

	err = prog_query(&attr);
	if (!err && !attr.count)
		return 0;
	for (tries = 0;; tries++) {
		room = err ? 0 : attr.count + tries;
		walk->used = start;
		chain = append(walk, sizeof(*chain) + 2 * sizeof(uint32_t) * (uint64_t)room, ENTRY_CHAIN);
		if (!chain)
			return -ENOSPC;
		ids = (uint32_t *)(chain + 1);
		if (!err)
			err = read_chain(fd, type, &attr, ids, room);
		if (err != -ENOSPC || tries == 16)
			break;
		err = 0;
	}
	chain->cgroup_id = id;
	chain->attach_type = type;
	chain->error = err;
	if (err)
		return 0;
	memmove(ids + attr.count, ids + room, sizeof(uint32_t) * attr.count);
	chain->count = attr.count;
	chain->attach_flags = attr.attach_flags;
	chain->revision = attr.revision;
	return 0;
}

static int add_children(struct walk *walk, int fd, const char *path)
{
	char listing[LISTING] __attribute__((aligned(8)));
	long n;
	int err;

	while ((n = syscall(SYS_getdents64, fd, listing, sizeof(listing))) > 0) {
		for (long at = 0; at < n;) {
			struct linux_dirent64 *child = (struct linux_dirent64 *)(listing + at);

			at += child->d_reclen;
			if (child->d_type != DT_DIR || !strcmp(child->d_name, ".") || !strcmp(child->d_name, ".."))
				continue;
			err = add_cgroup(walk, child->d_ino, path, child->d_name);
			if (err)
				return err;
		}
	}
	return n < 0 && errno != ENOENT ? -errno : 0;
}

/* Problems of one cgroup go into its entry; only -ENOSPC ends the walk. */
static int visit(struct walk *walk, int root, struct shim_cgroup *cgroup, const uint32_t *types, uint32_t n)
{
	const char *path = (const char *)(cgroup + 1);
	struct stat st;
	int fd, err = 0;

	fd = openat(root, *path ? path : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || fstat(fd, &st)) {
		cgroup->error = -errno;
		goto out;
	}
	cgroup->id = st.st_ino;
	for (uint32_t i = 0; i < n && !err; i++)
		err = add_chain(walk, fd, cgroup->id, types[i]);
	/* kernfs counts subdirectories: no need to list a leaf's files. */
	if (!err && st.st_nlink != 2)
		err = add_children(walk, fd, path);
	if (err && err != -ENOSPC) {
		cgroup->error = err;
		err = 0;
	}
out:
	if (fd >= 0)
		close(fd);
	return err;
}

/*
 * Walks the hierarchy below a cgroup2 mount, parents first. The entries
 * written are also the queue of what is left to visit, so that one
 * descriptor is enough for any depth. Returns the bytes written, or -errno;
 * -ENOSPC asks for a larger buffer, -ENOTDIR means another file system.
 */
static int64_t shim_cgroup_walk(const char *mount, const uint32_t *types, uint32_t n, void *buf,
				uint64_t capacity)
{
	struct walk walk = { .buf = buf, .capacity = capacity };
	struct statfs fs;
	int root, err;

	root = open(mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (root < 0)
		return -errno;
	if (fstatfs(root, &fs)) {
		err = -errno;
		goto out;
	}
	if (fs.f_type != CGROUP2_MAGIC) {
		err = -ENOTDIR;
		goto out;
	}
	err = add_cgroup(&walk, 0, "", "");
	for (uint64_t at = 0; !err && at < walk.used;) {
		struct shim_entry *entry = (struct shim_entry *)(walk.buf + at);

		if (entry->kind == ENTRY_CGROUP)
			err = visit(&walk, root, (struct shim_cgroup *)entry, types, n);
		at += entry->size;
	}
out:
	close(root);
	return err ? err : (int64_t)walk.used;
}

/* for Java */

JAVA_SIZEOF(CgroupShim, shim_1sizeof_1cgroup, struct shim_cgroup)
JAVA_SIZEOF(CgroupShim, shim_1sizeof_1chain, struct shim_chain)

JAVA(jlong, CgroupShim, shim_1cgroup_1walk, jbyteArray mount, jintArray types, jint n, jlong buf,
     jlong capacity)
{
	char *mount_bytes = shim_bytes(env, mount);
	jint *types_ints = shim_ints(env, types);
	jlong value = shim_cgroup_walk(mount_bytes, (unsigned int *)types_ints, n, (void *)buf, capacity);

	shim_drop_bytes(env, mount, mount_bytes);
	shim_drop_ints(env, types, types_ints);
	return value;
}
