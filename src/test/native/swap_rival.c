// SPDX-License-Identifier: Apache-2.0
/*
 * Another tool that swaps on a place of the caller's, again and again and as
 * correctly as it can, until its standard input ends. Then it writes what it
 * has done: "FROM TO TIMES" a line, by program ids.
 *
 *	swap_rival KIND TARGET OWN ID...
 *
 * TARGET is the id of a link, the path of a cgroup or an ifindex. The ids are
 * all programs that may stand there, the last OWN of them are put there.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../../../native/shim_bpf.h"
#include "ground.h"

#define PROGRAMS_MAX 16
#define TCX_INGRESS 46
#define NETKIT_PEER 55
/* So that the other side, which needs some milliseconds from plan to commit, is first about as often as not. */
#define PAUSE_US 20000

static struct program programs[PROGRAMS_MAX];
static long steps[PROGRAMS_MAX][PROGRAMS_MAX];
static int count;

static int open_program(__u32 id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	return shim_bpf(BPF_PROG_GET_FD_BY_ID, &attr);
}

static struct swap_place place_of(int kind, const char *target)
{
	struct swap_place place = { .kind = kind, .netns_fd = -1, .cgroup_fd = -1 };

	switch (kind) {
	case SWAP_XDP_LINK:
	case SWAP_TCX_LINK:
	case SWAP_NETKIT_LINK:
	case SWAP_CGROUP_LINK:
		place.link_id = strtoul(target, NULL, 10);
		break;
	case SWAP_CGROUP_PROG:
		place.cgroup_fd = open(target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		place.attach_type = BPF_CGROUP_INET_INGRESS;
		break;
	default:
		place.ifindex = strtoul(target, NULL, 10);
		place.attach_type = kind == SWAP_NETKIT_PROG ? NETKIT_PEER : TCX_INGRESS;
		place.xdp_mode = XDP_ATTACHED_SKB;
		place.parent = 0xfffffff2;
		place.priority = 7;
		place.protocol = ETH_P_ALL;
		place.handle = 3;
	}
	return place;
}

static int is_over(void)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	return poll(&in, 1, 0) > 0;
}

static int is_conflict(const struct swap_place *place, int err)
{
	return err == -ESTALE || (err == -EEXIST && place->kind != SWAP_XDP_NETLINK) ||
	       (err == -EINVAL && place->kind == SWAP_CGROUP_PROG);
}

static void take_it(const struct swap_place *place, int own)
{
	int expected, err;

	for (expected = 0; expected < count; expected++) {
		struct swap_answer answer;

		if (expected == own)
			continue;
		err = swap_replace(place, programs[expected].fd, programs[own].fd, 0, &answer);
		if (!err) {
			steps[expected][own]++;
			return;
		}
		if (!is_conflict(place, err) || answer.restored == 2)
			die("swap: %s %s", strerror(-err), answer.message);
	}
}

int main(int argc, char **argv)
{
	int kind = argc > 5 ? ground_kind(argv[1]) : -1, first, turn = 0, p, q;
	struct swap_place place;

	if (kind < 0 || argc - 4 > PROGRAMS_MAX)
		die("usage: swap_rival KIND TARGET OWN ID...");
	place = place_of(kind, argv[2]);
	count = argc - 4;
	first = count - atoi(argv[3]);
	for (p = 0; p < count; p++) {
		programs[p].id = strtoul(argv[4 + p], NULL, 10);
		programs[p].fd = open_program(programs[p].id);
		if (programs[p].fd < 0)
			die("program %u: %s", programs[p].id, strerror(-programs[p].fd));
	}
	while (!is_over()) {
		take_it(&place, first + turn);
		turn = (turn + 1) % (count - first);
		usleep(rand() % PAUSE_US);
	}
	for (p = 0; p < count; p++)
		for (q = 0; q < count; q++)
			if (steps[p][q])
				printf("%u %u %ld\n", programs[p].id, programs[q].id, steps[p][q]);
	return 0;
}
