/* SPDX-License-Identifier: Apache-2.0 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "shim.h"
#include "shim_bpf.h"
#include "shim_java.h"

/*
 * Facts of the named objects, or of all behind an id. There is one record for
 * each id, in the order asked, for as many ids as fit: the caller goes on
 * behind the last one. An object that is gone has a record with its error.
 */

#define MAP_IDS 64

static const int next_id[] = {
	[SHIM_PROG] = BPF_PROG_GET_NEXT_ID,
	[SHIM_LINK] = BPF_LINK_GET_NEXT_ID,
	[SHIM_MAP] = BPF_MAP_GET_NEXT_ID,
};

static const int fd_by_id[] = {
	[SHIM_PROG] = BPF_PROG_GET_FD_BY_ID,
	[SHIM_LINK] = BPF_LINK_GET_FD_BY_ID,
	[SHIM_MAP] = BPF_MAP_GET_FD_BY_ID,
};

/*
 * "memlock:\t4096" of fdinfo, or 0: an open file and a read for each program,
 * several times what all else of it costs.
 */
static __u64 memlock_of(int fdinfo, int fd)
{
	char name[16], text[1024], *line;
	ssize_t len;
	int file;

	snprintf(name, sizeof(name), "%d", fd);
	file = openat(fdinfo, name, O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return 0;
	len = read(file, text, sizeof(text) - 1);
	close(file);
	if (len <= 0)
		return 0;
	text[len] = 0;
	line = strstr(text, "\nmemlock:");
	return line ? strtoull(line + 9, NULL, 10) : 0;
}

/*
 * The kernel fills as many map ids as there is room for and says without an
 * error how many there are, so a longer list is asked again, in place.
 */
static int put_prog(int fd, int fdinfo, struct shim_object *out, char *info,
		    char *end)
{
	__u32 stack_ids[MAP_IDS], *ids = stack_ids, room = MAP_IDS;
	struct bpf_func_info func = {};
	struct bpf_prog_info *prog = (void *)info;
	char *extra = info + SHIM_INFO_SPACE;
	int len;

	for (;;) {
		memset(info, 0, SHIM_INFO_SPACE);
		prog->nr_map_ids = room;
		prog->map_ids = (__u64)(unsigned long)ids;
		prog->nr_func_info = 1;
		prog->func_info_rec_size = sizeof(func);
		prog->func_info = (__u64)(unsigned long)&func;
		len = shim_info(fd, info, SHIM_INFO_SPACE);
		if (len < 0)
			return len;
		if (prog->nr_map_ids <= room)
			break;
		ids = (void *)extra;
		room = (end - extra) / sizeof(__u32);
		if (prog->nr_map_ids > room)
			return -ENOSPC;
	}
	prog->map_ids = 0;
	prog->func_info = 0;
	out->info_len = len;
	out->extra = prog->nr_map_ids;
	out->func_type_id = prog->nr_func_info ? func.type_id : 0;
	out->memlock = fdinfo < 0 ? 0 : memlock_of(fdinfo, fd);
	if (ids == stack_ids)
		memcpy(extra, ids, prog->nr_map_ids * sizeof(__u32));
	return SHIM_ALIGN(prog->nr_map_ids * sizeof(__u32));
}

/*
 * Where the kernel wants a pointer for a link's name: offsets of struct
 * bpf_link_info, as the union of older headers lacks the newer members.
 */
struct name_place {
	__u32 pointer;
	__u32 length;
};

static struct name_place name_place(const char *info)
{
	static const struct name_place none;
	__u32 type = *(const __u32 *)info;
	__u32 event = *(const __u32 *)(info + 16);

	switch (type) {
	case 1: /* RAW_TRACEPOINT: tp_name */
	case 4: /* ITER: target_name */
		return (struct name_place){ 16, 24 };
	case 7: /* PERF_EVENT: uprobe, kprobe, tracepoint since 6.6 */
		if (event >= 1 && event <= 5)
			return (struct name_place){ 24, 32 };
		return none;
	case 12: /* UPROBE_MULTI: path */
		return (struct name_place){ 16, 48 };
	}
	return none;
}

/* The first place of a multi-uprobe: the rest does not fit and is refused. */
static void put_uprobe_offset(int fd, char *info)
{
	char again[SHIM_INFO_SPACE] __attribute__((aligned(8))) = {};
	__u64 offset = 0;

	if (*(__u32 *)info != 12)
		return;
	*(__u64 *)(again + 24) = (__u64)(unsigned long)&offset;
	*(__u32 *)(again + 52) = 1;
	shim_info(fd, again, sizeof(again));
	*(__u64 *)(info + 24) = offset;
}

static int put_link(int fd, struct shim_object *out, char *info, char *end)
{
	char again[SHIM_INFO_SPACE] __attribute__((aligned(8))) = {};
	char *extra = info + SHIM_INFO_SPACE;
	struct name_place at;
	int len;

	memset(info, 0, SHIM_INFO_SPACE);
	len = shim_info(fd, info, SHIM_INFO_SPACE);
	if (len < 0)
		return len;
	out->info_len = len;
	at = name_place(info);
	if (!at.pointer || len < (int)at.length + 4)
		return 0;
	if (end - extra < SHIM_NAME_SPACE)
		return -ENOSPC;
	memset(extra, 0, SHIM_NAME_SPACE);
	*(__u64 *)(again + at.pointer) = (__u64)(unsigned long)extra;
	*(__u32 *)(again + at.length) = SHIM_NAME_SPACE;
	/* a name that is too long is cut by the kernel, and the call fails */
	shim_info(fd, again, sizeof(again));
	put_uprobe_offset(fd, info);
	extra[SHIM_NAME_SPACE - 1] = 0;
	out->extra = strlen(extra) + 1;
	return SHIM_ALIGN(out->extra);
}

static int put_map(int fd, struct shim_object *out, char *info)
{
	int len;

	memset(info, 0, SHIM_INFO_SPACE);
	len = shim_info(fd, info, SHIM_INFO_SPACE);
	if (len < 0)
		return len;
	out->info_len = len;
	return 0;
}

/* The bytes of the record, or -ENOSPC. */
static long put_object(int kind, int fdinfo, __u32 id, char *at, char *end)
{
	struct shim_object *out = (void *)at;
	char *info = at + sizeof(*out);
	int fd, extra;

	if (end - info < SHIM_INFO_SPACE + MAP_IDS * (long)sizeof(__u32))
		return -ENOSPC;
	memset(out, 0, sizeof(*out));
	out->head.size = sizeof(out->head);
	out->head.kind = kind;
	out->head.id = id;
	fd = shim_fd_by_id(fd_by_id[kind], id, 0);
	if (fd < 0) {
		out->head.error = -fd;
		return out->head.size;
	}
	if (kind == SHIM_PROG)
		extra = put_prog(fd, fdinfo, out, info, end);
	else if (kind == SHIM_LINK)
		extra = put_link(fd, out, info, end);
	else
		extra = put_map(fd, out, info);
	close(fd);
	if (extra == -ENOSPC)
		return -ENOSPC;
	if (extra < 0) {
		out->head.error = -extra;
		return out->head.size;
	}
	out->info_space = SHIM_ALIGN(out->info_len);
	memmove(info + out->info_space, info + SHIM_INFO_SPACE, extra);
	out->head.size = sizeof(*out) + out->info_space + extra;
	return out->head.size;
}

/*
 * Behind the last object it is no bytes. The memory that programs are charged
 * for is left out: it costs more than all the rest.
 */
static long shim_objects(int kind, __u32 id, char *buf, long cap)
{
	char *at = buf, *end = buf + cap;
	long size;
	int err;

	if (kind < SHIM_PROG || kind > SHIM_MAP)
		return -EINVAL;
	while (!(err = shim_next_id(next_id[kind], id, &id))) {
		size = put_object(kind, -1, id, at, end);
		if (size == -ENOSPC)
			return at == buf ? -ENOSPC : at - buf;
		at += size;
	}
	return err == -ENOENT ? at - buf : err;
}

static long shim_object_infos(int kind, const __u32 *ids, long count, char *buf, long cap)
{
	char *at = buf, *end = buf + cap;
	int fdinfo = -1;
	long i, size;

	if (kind < SHIM_PROG || kind > SHIM_MAP)
		return -EINVAL;
	if (kind == SHIM_PROG)
		fdinfo = open("/proc/thread-self/fdinfo", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (i = 0; i < count; i++) {
		size = put_object(kind, fdinfo, ids[i], at, end);
		if (size == -ENOSPC)
			break;
		at += size;
	}
	if (fdinfo >= 0)
		close(fdinfo);
	return i == 0 && count > 0 ? -ENOSPC : at - buf;
}

/* Run counts, a row for each id that still lives. */
static long shim_prog_counts(const __u32 *ids, long count, struct shim_count_row *rows, long cap)
{
	struct bpf_prog_info info;
	long i, n = 0;
	int fd, len;

	if (cap < count * (long)sizeof(*rows))
		return -ENOSPC;
	for (i = 0; i < count; i++) {
		fd = shim_fd_by_id(BPF_PROG_GET_FD_BY_ID, ids[i], 0);
		if (fd == -ENOENT)
			continue;
		if (fd < 0)
			return fd;
		memset(&info, 0, sizeof(info));
		len = shim_info(fd, &info, sizeof(info));
		close(fd);
		if (len < 0)
			return len;
		rows[n].id = ids[i];
		rows[n].pad = 0;
		rows[n].run_cnt = info.run_cnt;
		rows[n].run_time_ns = info.run_time_ns;
		n++;
	}
	return n * sizeof(*rows);
}

/* for Java */

JAVA(jlong, ObjectShim, shim_1objects, jint kind, jint id, jlong buf, jlong cap)
{
	return shim_objects(kind, id, (void *)buf, cap);
}

/* those from the given place on */
JAVA(jlong, ObjectShim, shim_1object_1infos, jint kind, jintArray ids, jint from, jlong buf, jlong cap)
{
	jint *ints = shim_ints(env, ids);
	jlong value = shim_object_infos(kind, (__u32 *)ints + from, (*env)->GetArrayLength(env, ids) - from,
					(void *)buf, cap);

	shim_drop_ints(env, ids, ints);
	return value;
}

JAVA(jlong, ObjectShim, shim_1prog_1counts, jlong ids, jlong count, jlong rows, jlong cap)
{
	return shim_prog_counts((void *)ids, count, (void *)rows, cap);
}
