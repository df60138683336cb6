// SPDX-License-Identifier: Apache-2.0
/*
 * Four threads swap on one place, each to programs of its own. Of a true
 * compare-and-swap every success is one step of one path from the first
 * program to the last: as many steps lead into each program as out of it.
 *
 * A filter has no such call, and a change that was put back is two steps that
 * nobody reports; there a listener writes down every step the kernel made, and
 * each reported one has to be among them.
 *
 *	swap_race KIND SWAPS
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/pkt_cls.h>
#include <linux/rtnetlink.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../../native/swap_rtnl.h"
#include "ground.h"

#define THREADS 4
/* So many that hardly a step comes twice: a step wrongly reported is then none of the kernel's. */
#define FILTER_PROGRAMS 64
#define CAS_PROGRAMS 2
#define PROGRAMS_MAX (THREADS * FILTER_PROGRAMS)

static struct ground ground;
static struct program programs[PROGRAMS_MAX];
static int own; /* programs of one thread */
static int count;
static long quota; /* swaps of one thread */
static _Atomic int hint;
static _Atomic long conflicts, foreign, lost;
static _Atomic int steps[PROGRAMS_MAX][PROGRAMS_MAX];	    /* as the swap reports them */
static int kernel_steps[PROGRAMS_MAX][PROGRAMS_MAX]; /* as a listener heard them */

static int index_of(__u32 id)
{
	int i;

	for (i = 0; i < count; i++)
		if (programs[i].id == id)
			return i;
	return -1;
}

/* Where the other program already stands, chains say so before they compare. */
static int is_conflict(int err)
{
	return err == -ESTALE || (err == -EEXIST && ground.place.kind != SWAP_XDP_NETLINK) ||
	       (err == -EINVAL && ground.place.kind == SWAP_CGROUP_PROG);
}

static void *race(void *argument)
{
	int first = (int)(long)argument * own, turn = 0, guess = 0;
	long done = 0;

	while (done < quota) {
		/* Where the last success was; where that is no longer true, one after the other. */
		int expected = guess++ % 3 ? atomic_load(&hint) : guess / 3 % count;
		int other = first + turn;
		struct swap_answer answer;
		int err;

		if (other == expected)
			other = first + (turn = (turn + 1) % own);
		err = swap_replace(&ground.place, programs[expected].fd, programs[other].fd, 0, &answer);
		if (!err) {
			atomic_fetch_add(&steps[expected][other], 1);
			atomic_store(&hint, other);
			turn = (turn + 1) % own;
			guess = 1;
			done++;
		} else if (is_conflict(err)) {
			atomic_fetch_add(&conflicts, 1);
			atomic_fetch_add(&foreign, answer.restored == 1);
			atomic_fetch_add(&lost, answer.restored == 2);
		} else {
			die("swap: %s %s", strerror(-err), answer.message);
		}
	}
	return NULL;
}

static int standing(void)
{
	struct swap_standing found;
	int i, err;

	for (i = 0; i < count; i++) {
		err = swap_read(&ground.place, programs[i].id, &found);
		if (err)
			die("read: %s", strerror(-err));
		if (found.position)
			return i;
	}
	die("none of the programs stands there");
}

static int violations(int last)
{
	int bad = 0, p, q;

	for (p = 0; p < count; p++) {
		long in = 0, out = 0;

		for (q = 0; q < count; q++) {
			in += steps[q][p];
			out += steps[p][q];
		}
		bad += in - out != (p == last) - (p == 0);
	}
	return bad;
}

static int unheard(void)
{
	int bad = 0, p, q;

	for (p = 0; p < count; p++)
		for (q = 0; q < count; q++)
			bad += steps[p][q] > kernel_steps[p][q];
	return bad;
}

static _Atomic int over;
static int last_heard;

static void *listen_to(void *argument)
{
	char heard[RTNL_SPACE] __attribute__((aligned(8)));
	struct rtnl *rtnl = argument;

	for (;;) {
		int ending = atomic_load(&over);
		ssize_t n = recv(rtnl->fd, heard, sizeof(heard), MSG_DONTWAIT);
		const struct nlmsghdr *nlh = (const struct nlmsghdr *)heard;
		size_t head = NLMSG_LENGTH(NLMSG_ALIGN(sizeof(struct tcmsg)));
		const struct nlattr *options;
		int now;

		if (n < 0 && errno == EAGAIN && ending)
			return NULL;
		if (n < 0 && errno == EAGAIN) {
			usleep(100);
			continue;
		}
		if (n < 0)
			die("listen: %m");
		if (nlh->nlmsg_type != RTM_NEWTFILTER)
			continue;
		options = rtnl_find(heard + head, n - head, TCA_OPTIONS);
		now = options ? index_of(rtnl_u32(rtnl_find(rtnl_data(options), rtnl_size(options), TCA_BPF_ID))) : -1;
		if (now < 0)
			die("listen: a program of nobody");
		kernel_steps[last_heard][now]++;
		last_heard = now;
	}
}

static void start_listening(struct rtnl *rtnl, pthread_t *thread)
{
	int size = 256 << 20, group = RTNLGRP_TC;

	if (rtnl_open(rtnl, -1) || setsockopt(rtnl->fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) ||
	    setsockopt(rtnl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		die("listen: %m");
	pthread_create(thread, NULL, listen_to, rtnl);
}

int main(int argc, char **argv)
{
	int kind = argc == 3 ? ground_kind(argv[1]) : -1, is_filter = kind == SWAP_CLS_BPF, last, bad;
	pthread_t threads[THREADS], listener;
	struct rtnl rtnl;
	long i;

	if (kind < 0)
		die("usage: swap_race KIND SWAPS");
	ground_make(&ground, kind);
	if (kind == SWAP_XDP_LINK || kind == SWAP_XDP_NETLINK)
		ground_crowd();
	quota = atol(argv[2]) / THREADS;
	own = is_filter ? FILTER_PROGRAMS : CAS_PROGRAMS;
	count = THREADS * own;
	for (i = 0; i < count; i++)
		programs[i] = ground_load(kind);
	ground_attach(&ground, &programs[0]);
	if (is_filter)
		start_listening(&rtnl, &listener);
	for (i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, race, (void *)i);
	for (i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	last = standing();
	if (is_filter) {
		atomic_store(&over, 1);
		pthread_join(listener, NULL);
		bad = unheard() + (last != last_heard);
	} else {
		bad = violations(last);
	}
	printf("%s: %ld swaps, %ld conflicts, %ld put back, %ld lost, %d violations\n", argv[1], quota * THREADS,
	       conflicts, foreign, lost, bad);
	ground_unmake(&ground);
	return bad || lost ? 1 : 0;
}
