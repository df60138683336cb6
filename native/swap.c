// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>

#include "netns.h"
#include "shim_bpf.h"
#include "swap_kinds.h"

void swap_say(struct swap_answer *answer, const char *format, ...)
{
	va_list arguments;

	if (!answer)
		return;
	va_start(arguments, format);
	vsnprintf(answer->message, sizeof(answer->message), format, arguments);
	va_end(arguments);
}

int swap_id_of(int fd, __u32 *id)
{
	/* struct bpf_prog_info, bpf_link_info and bpf_map_info begin with type and id. */
	__u32 type_and_id[2] = {};
	int err = shim_info(fd, type_and_id, sizeof(type_and_id));

	*id = type_and_id[1];
	return err < 0 ? err : 0;
}

int swap_replace(const struct swap_place *place, int expected_fd, int other_fd, __u64 revision,
		 struct swap_answer *answer)
{
	struct swap_request request = {
		.place = place,
		.expected_fd = expected_fd,
		.other_fd = other_fd,
		.revision = revision,
		.answer = answer,
	};

	memset(answer, 0, sizeof(*answer));
	switch (place->kind) {
	case SWAP_XDP_LINK:
	case SWAP_TCX_LINK:
	case SWAP_NETKIT_LINK:
	case SWAP_CGROUP_LINK:
		return swap_link_replace(&request);
	case SWAP_XDP_NETLINK:
		return swap_xdp_replace(&request);
	case SWAP_TCX_PROG:
	case SWAP_NETKIT_PROG:
	case SWAP_CGROUP_PROG:
		return swap_chain_replace(&request);
	case SWAP_CLS_BPF:
		return swap_filter_replace(&request);
	default:
		return -EINVAL;
	}
}

int swap_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	memset(standing, 0, sizeof(*standing));
	switch (place->kind) {
	case SWAP_XDP_LINK:
	case SWAP_TCX_LINK:
	case SWAP_NETKIT_LINK:
	case SWAP_CGROUP_LINK:
		return swap_link_read(place, prog_id, standing);
	case SWAP_XDP_NETLINK:
		return swap_xdp_read(place, prog_id, standing);
	case SWAP_TCX_PROG:
	case SWAP_NETKIT_PROG:
	case SWAP_CGROUP_PROG:
		return swap_chain_read(place, prog_id, standing);
	case SWAP_CLS_BPF:
		return swap_filter_read(place, prog_id, standing);
	default:
		return -EINVAL;
	}
}

int swap_open_netns(const char *path, __u64 inode)
{
	return netns_open(path, inode);
}

int swap_open_cgroup(const char *path, __u64 id)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	/* The id of a cgroup is the inode of its directory. */
	if (fstat(fd, &st) || st.st_ino != id) {
		close(fd);
		return -ESTALE;
	}
	return fd;
}
