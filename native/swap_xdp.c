// SPDX-License-Identifier: Apache-2.0
/* XDP without a link: RTM_SETLINK with XDP_FLAGS_REPLACE and the expected program. */
#include <errno.h>
#include <linux/if_link.h>
#include <sys/socket.h>

#include "swap_kinds.h"
#include "swap_rtnl.h"

struct xdp_mode {
	__u32 flag;    /* no flag would mean native, whatever stands there */
	int attribute; /* where the device tells the program of this mode */
};

static const struct xdp_mode *mode_of(const struct swap_place *place)
{
	static const struct xdp_mode modes[] = {
		[XDP_ATTACHED_DRV] = { XDP_FLAGS_DRV_MODE, IFLA_XDP_DRV_PROG_ID },
		[XDP_ATTACHED_SKB] = { XDP_FLAGS_SKB_MODE, IFLA_XDP_SKB_PROG_ID },
		[XDP_ATTACHED_HW] = { XDP_FLAGS_HW_MODE, IFLA_XDP_HW_PROG_ID },
	};
	__u32 mode = place->xdp_mode;

	return mode >= XDP_ATTACHED_DRV && mode <= XDP_ATTACHED_HW ? &modes[mode] : NULL;
}

static void begin(struct rtnl_message *message, int type, const struct swap_place *place)
{
	struct ifinfomsg device = { .ifi_family = AF_UNSPEC, .ifi_index = place->ifindex };

	rtnl_begin(message, type, 0, &device, sizeof(device));
}

int swap_xdp_replace(const struct swap_request *request)
{
	const struct xdp_mode *mode = mode_of(request->place);
	struct rtnl_message message;
	struct rtnl rtnl;
	size_t nest;
	int err;

	if (!mode)
		return -EINVAL;
	err = rtnl_open(&rtnl, request->place->netns_fd);
	if (err)
		return err;
	begin(&message, RTM_SETLINK, request->place);
	nest = rtnl_nest(&message, IFLA_XDP);
	rtnl_put_u32(&message, IFLA_XDP_FD, request->other_fd);
	/* Without this flag the kernel would ignore the expected program. */
	rtnl_put_u32(&message, IFLA_XDP_FLAGS, mode->flag | XDP_FLAGS_REPLACE);
	rtnl_put_u32(&message, IFLA_XDP_EXPECTED_FD, request->expected_fd);
	rtnl_unnest(&message, nest);
	err = rtnl_ask(&rtnl, &message, NULL, request->answer);
	rtnl_close(&rtnl);
	/* Another program, none at all, or one in another mode. */
	return err == -EEXIST ? -ESTALE : err;
}

static void read_program(const struct nlmsghdr *device, const struct xdp_mode *mode, __u32 prog_id,
			 struct swap_standing *standing)
{
	size_t head = NLMSG_LENGTH(NLMSG_ALIGN(sizeof(struct ifinfomsg)));
	const struct nlattr *xdp, *found;

	if (device->nlmsg_len < head)
		return;
	xdp = rtnl_find((const char *)device + head, device->nlmsg_len - head, IFLA_XDP);
	if (!xdp)
		return;
	found = rtnl_find(rtnl_data(xdp), rtnl_size(xdp), mode->attribute);
	if (found) {
		standing->prog_id = rtnl_u32(found);
		standing->position = standing->prog_id == prog_id;
	} else {
		/* Of another mode: named, and not the asked one. */
		standing->prog_id = rtnl_u32(rtnl_find(rtnl_data(xdp), rtnl_size(xdp), IFLA_XDP_PROG_ID));
	}
}

int swap_xdp_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	const struct xdp_mode *mode = mode_of(place);
	struct rtnl_message message, device = {};
	struct rtnl rtnl;
	int err;

	if (!mode)
		return -EINVAL;
	err = rtnl_open(&rtnl, place->netns_fd);
	if (err)
		return err;
	begin(&message, RTM_GETLINK, place);
	err = rtnl_ask(&rtnl, &message, &device.head, NULL);
	rtnl_close(&rtnl);
	if (!err)
		read_program(&device.head, mode, prog_id, standing);
	return err;
}
