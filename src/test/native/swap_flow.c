// SPDX-License-Identifier: Apache-2.0
/*
 * Traffic through a place while its program is replaced again and again: each
 * packet has to be counted by one of the two programs.
 *
 *	swap_flow KIND replace|naive SWAPS PACKETS_PER_SECOND
 *	swap_flow KIND engine SWAPS PACKETS_PER_SECOND COMMAND...
 *
 * The command of an engine does the swaps, in the namespaces of the place: it
 * is given the ids of the program that stands there and of the other one, and
 * how many swaps. It may not end before it has done them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ground.h"

#define BATCH 16
#define GAP_US 500 /* between two swaps */

static struct ground ground;
static struct program programs[2];
static _Atomic int over;
static long sent;
static long per_second;

static long now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

/* Frames for nobody; the program at the other end sees them first. */
static int open_packet_socket(void)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(ground.sender),
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	to.sll_protocol = 0; /* nothing is received */
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)))
		die("packet socket: %m");
	return fd;
}

static void move_to(const char *cgroup)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "0", 1) != 1)
		die("%s: %m", path);
	close(fd);
}

/* A socket belongs to the cgroup in which it was made; the process need not stay there. */
static int open_cgroup_socket(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	char parent[512], line[256] = "", *slash;
	FILE *own = fopen("/proc/self/cgroup", "r");
	int fd;

	while (own && fgets(line, sizeof(line), own) && strncmp(line, "0::", 3))
		;
	if (own)
		fclose(own);
	line[strcspn(line, "\n")] = 0;
	snprintf(parent, sizeof(parent), "%s", ground.cgroup);
	slash = strrchr(parent, '/');
	snprintf(slash, sizeof(parent) - (slash - parent), "%s", strlen(line) > 3 ? line + 3 : "/");
	move_to(ground.cgroup);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	move_to(parent);
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&to, sizeof(to)) || connect(fd, (struct sockaddr *)&to, sizeof(to)))
		die("udp socket: %m");
	return fd;
}

static void *send_all(void *argument)
{
	static char frame[64] = { [0 ... 5] = 0xff, [12] = 0x88, [13] = 0xb5 };
	struct iovec iov = { frame, sizeof(frame) };
	struct mmsghdr batch[BATCH] = {};
	int fd = *(int *)argument, i, n;
	long due = now_ns();

	for (i = 0; i < BATCH; i++) {
		batch[i].msg_hdr.msg_iov = &iov;
		batch[i].msg_hdr.msg_iovlen = 1;
	}
	while (!atomic_load(&over)) {
		long late = now_ns() - due;

		/* what was missed while others had the processor is not made up for in one burst */
		if (late > 1000000)
			due += late;
		if (late < 0)
			continue;
		n = sendmmsg(fd, batch, BATCH, 0);
		if (n < 0 && errno != ENOBUFS && errno != ECONNREFUSED && errno != EPERM)
			die("send: %m");
		sent += n > 0 ? n : 0;
		due += BATCH * 1000000000L / per_second;
	}
	return NULL;
}

static long seen(void)
{
	return ground_count(&programs[0]) + ground_count(&programs[1]);
}

/* The last packets may still be on their way. */
static long seen_in_the_end(void)
{
	long before = -1, now = seen();
	int still = 0;

	while (now != sent && still < 40) {
		usleep(5000);
		before = now;
		now = seen();
		still = now == before ? still + 1 : 0;
	}
	return now;
}

static void replace(int from, int is_naive)
{
	struct swap_answer answer;
	int err;

	if (is_naive) {
		ground_detach(&ground, &programs[from]);
		ground_attach(&ground, &programs[!from]);
		return;
	}
	err = swap_replace(&ground.place, programs[from].fd, programs[!from].fd, 0, &answer);
	if (err)
		die("swap: %s %s", strerror(-err), answer.message);
}

static void swap_by(char **command, int words, const char *swaps)
{
	char from[16], to[16], **argv = calloc(words + 4, sizeof(*argv));
	int status;
	pid_t pid;

	snprintf(from, sizeof(from), "%u", programs[0].id);
	snprintf(to, sizeof(to), "%u", programs[1].id);
	memcpy(argv, command, words * sizeof(*argv));
	argv[words] = from;
	argv[words + 1] = to;
	argv[words + 2] = (char *)swaps;
	pid = fork();
	if (!pid) {
		execvp(argv[0], argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status)
		die("%s failed", command[0]);
	free(argv);
}

static int by_size(const void *a, const void *b)
{
	const long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void swap_often(long swaps, int is_naive, long *took)
{
	int i;

	for (i = 0; i < swaps; i++) {
		long start = now_ns();

		replace(i & 1, is_naive);
		took[i] = now_ns() - start;
		usleep(GAP_US);
	}
	qsort(took, swaps, sizeof(*took), by_size);
}

int main(int argc, char **argv)
{
	int kind = argc >= 5 ? ground_kind(argv[1]) : -1, is_naive, is_engine, fd;
	long swaps, *took, unseen;
	pthread_t sender;

	is_engine = argc > 5 && !strcmp(argv[2], "engine");
	if (kind < 0 || (argc > 5 && !is_engine))
		die("usage: swap_flow KIND replace|naive|engine SWAPS PACKETS_PER_SECOND [COMMAND...]");
	is_naive = !strcmp(argv[2], "naive");
	swaps = atol(argv[3]);
	per_second = atol(argv[4]);
	took = calloc(swaps, sizeof(*took));
	ground_make(&ground, kind);
	programs[0] = ground_load(kind);
	programs[1] = ground_load(kind);
	ground_attach(&ground, &programs[0]);
	fd = ground.cgroup_fd >= 0 ? open_cgroup_socket() : open_packet_socket();
	pthread_create(&sender, NULL, send_all, &fd);
	while (!seen())
		usleep(100);
	if (is_engine)
		swap_by(argv + 5, argc - 5, argv[3]);
	else
		swap_often(swaps, is_naive, took);
	atomic_store(&over, 1);
	pthread_join(sender, NULL);
	close(fd);
	unseen = sent - seen_in_the_end();
	printf("%s %s: %ld swaps, %ld packets, %ld seen by neither", argv[1], argv[2], swaps, sent, unseen);
	if (!is_engine)
		printf(", p50 %.1f us, p99 %.1f us", took[swaps / 2] / 1e3, took[swaps * 99 / 100] / 1e3);
	putchar('\n');
	if (!ground_count(&programs[0]) || !ground_count(&programs[1]))
		die("one of the programs has seen nothing");
	ground_unmake(&ground);
	return !is_naive && unseen ? 1 : 0;
}
