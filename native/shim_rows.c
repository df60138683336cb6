/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"
#include "shim_bpf.h"
#include "shim_java.h"

/*
 * Rows by walking ids, for where no iterator is loaded. An object that goes
 * between its id and its descriptor is left out, as is a link that has not
 * settled yet.
 */

static long shim_prog_rows(void *buf, long cap)
{
	struct shim_prog_row *row = buf;
	__u32 id = 0;
	long used = 0;
	int err;

	while (!(err = shim_next_id(BPF_PROG_GET_NEXT_ID, id, &id))) {
		if (used + (long)sizeof(*row) > cap)
			return -ENOSPC;
		memset(row, 0, sizeof(*row));
		row->id = id;
		used += sizeof(*row);
		row++;
	}
	return err == -ENOENT ? used : err;
}

static long shim_map_rows(void *buf, long cap)
{
	struct shim_map_row *row = buf;
	__u32 id = 0;
	long used = 0;
	int err;

	while (!(err = shim_next_id(BPF_MAP_GET_NEXT_ID, id, &id))) {
		if (used + (long)sizeof(*row) > cap)
			return -ENOSPC;
		row->id = id;
		row->type = 0;
		used += sizeof(*row);
		row++;
	}
	return err == -ENOENT ? used : err;
}

static void link_row_from_info(struct shim_link_row *row, const void *bytes)
{
	const struct bpf_link_info *info = bytes;

	memset(row, 0, sizeof(*row));
	row->id = info->id;
	row->type = info->type;
	row->prog_id = info->prog_id;
	switch (info->type) {
	case 6: /* XDP */
	case 11: /* TCX */
	case 13: /* NETKIT: all three begin with the ifindex */
		row->ifindex = info->xdp.ifindex;
		break;
	case 3: /* CGROUP */
		row->cgroup_id = info->cgroup.cgroup_id;
		break;
	case 5: /* NETNS */
		row->netns_ino = info->netns.netns_ino;
		break;
	}
}

static int link_row(struct shim_link_row *row, __u32 id)
{
	__u64 info[SHIM_INFO_SPACE / 8] = {};
	int fd, err;

	fd = shim_fd_by_id(BPF_LINK_GET_FD_BY_ID, id, 0);
	if (fd < 0)
		return fd;
	err = shim_info(fd, info, sizeof(info));
	close(fd);
	if (err < 0)
		return err;
	link_row_from_info(row, info);
	return 0;
}

static long shim_link_rows(void *buf, long cap)
{
	struct shim_link_row *row = buf;
	__u32 id = 0;
	long used = 0;
	int err;

	while (!(err = shim_next_id(BPF_LINK_GET_NEXT_ID, id, &id))) {
		if (used + (long)sizeof(*row) > cap)
			return -ENOSPC;
		err = link_row(row, id);
		if (err == -ENOENT || err == -EAGAIN)
			continue;
		if (err < 0)
			return err;
		used += sizeof(*row);
		row++;
	}
	return err == -ENOENT ? used : err;
}

/* for Java */

JAVA(jlong, ObjectShim, shim_1prog_1rows, jlong buf, jlong cap)
{
	return shim_prog_rows((void *)buf, cap);
}

JAVA(jlong, ObjectShim, shim_1map_1rows, jlong buf, jlong cap)
{
	return shim_map_rows((void *)buf, cap);
}

JAVA(jlong, ObjectShim, shim_1link_1rows, jlong buf, jlong cap)
{
	return shim_link_rows((void *)buf, cap);
}
