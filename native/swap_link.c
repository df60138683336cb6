// SPDX-License-Identifier: Apache-2.0
/* Links of whatever kind: BPF_LINK_UPDATE compares and swaps by itself. */
#include "shim_bpf.h"
#include "swap_kinds.h"

/* The beginning of struct bpf_link_info, which grows with every kernel. */
struct link_info {
	__u32 type;
	__u32 id;
	__u32 prog_id;
	__u32 pad;
	__u64 target; /* of a cgroup: its id; of a device: ifindex in the lower half */
	__u64 rest[12];
};

/* The owner must be able to close it, so nobody keeps this descriptor. */
static int open_link(__u32 id)
{
	int fd = shim_fd_by_id(BPF_LINK_GET_FD_BY_ID, id, 0);

	return fd == -ENOENT ? -ENOLINK : fd;
}

static int info_of(int fd, struct link_info *info)
{
	int len;

	memset(info, 0, sizeof(*info));
	len = shim_info(fd, info, sizeof(*info));
	return len < 0 ? len : 0;
}

/* A link whose device or cgroup is gone keeps its program and forgets its target. */
static int is_detached(const struct swap_place *place, const struct link_info *info)
{
	return place->kind == SWAP_CGROUP_LINK ? !info->target : !(__u32)info->target;
}

int swap_link_replace(const struct swap_request *request)
{
	union bpf_attr attr;
	int link, err;

	link = open_link(request->place->link_id);
	if (link < 0)
		return link;
	memset(&attr, 0, sizeof(attr));
	attr.link_update.link_fd = link;
	attr.link_update.new_prog_fd = request->other_fd;
	attr.link_update.flags = BPF_F_REPLACE;
	attr.link_update.old_prog_fd = request->expected_fd;
	err = shim_bpf(BPF_LINK_UPDATE, &attr);
	close(link);
	/* The call asks for no capability: this is the lost comparison. */
	return err == -EPERM ? -ESTALE : err;
}

int swap_link_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	struct link_info info;
	int link, err;

	link = open_link(place->link_id);
	if (link < 0)
		return link;
	err = info_of(link, &info);
	close(link);
	if (err)
		return err;
	if (is_detached(place, &info))
		return -ENOLINK;
	standing->prog_id = info.prog_id;
	standing->position = info.prog_id == prog_id;
	return 0;
}
