/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A process of the lab: holds BPF objects by descriptors, as an agent does,
 * and sends packets through the lab's devices until it is told to end.
 *
 * It reads what to be from its standard input, a word and its argument a line:
 *
 *   cgroup DIRECTORY      join this cgroup, first of all, so that it is found
 *   netns FILE            go into this network namespace
 *   name WORD             be called so
 *   hold prog|link|map ID
 *   device NAME           send frames out of this one
 *   rate NUMBER           frames a second, of all devices together
 *   go                    that was all
 *
 * and answers with one line: "ready", or what went wrong. SIGTERM ends it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define DEVICES 4096
#define TICKS_PER_SECOND 100
#define DISCARD_PORT 9

static volatile sig_atomic_t ended;

struct traffic {
	unsigned int rate;
	unsigned int count;
	int ifindex[DEVICES];
};

struct frame {
	struct ethhdr eth;
	struct iphdr ip;
	struct udphdr udp;
	char payload[64];
} __attribute__((packed));

static void on_signal(int signal)
{
	(void)signal;
	ended = 1;
}

static int join_cgroup(const char *directory)
{
	char path[4096];
	int fd, err = 0;

	if (snprintf(path, sizeof(path), "%s/cgroup.procs", directory) >= (int)sizeof(path))
		return -ENAMETOOLONG;
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, "0", 1) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int enter_netns(const char *path)
{
	int fd, err = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (setns(fd, CLONE_NEWNET) < 0)
		err = -errno;
	close(fd);
	return err;
}

/* The descriptor stays open for as long as the process lives. */
static int hold(const char *argument)
{
	char kind[8];
	union bpf_attr attr;
	int cmd;
	unsigned int id;

	if (sscanf(argument, "%7s %u", kind, &id) != 2)
		return -EINVAL;
	if (!strcmp(kind, "prog"))
		cmd = BPF_PROG_GET_FD_BY_ID;
	else if (!strcmp(kind, "link"))
		cmd = BPF_LINK_GET_FD_BY_ID;
	else if (!strcmp(kind, "map"))
		cmd = BPF_MAP_GET_FD_BY_ID;
	else
		return -EINVAL;
	memset(&attr, 0, sizeof(attr));
	attr.prog_id = id;
	return syscall(__NR_bpf, cmd, &attr, sizeof(attr)) < 0 ? -errno : 0;
}

static int add_device(struct traffic *traffic, const char *name)
{
	unsigned int ifindex = if_nametoindex(name);

	if (!ifindex)
		return -errno;
	if (traffic->count == DEVICES)
		return -ENOSPC;
	traffic->ifindex[traffic->count++] = ifindex;
	return 0;
}

static int obey(struct traffic *traffic, const char *word, const char *argument)
{
	if (!strcmp(word, "cgroup"))
		return join_cgroup(argument);
	if (!strcmp(word, "netns"))
		return enter_netns(argument);
	if (!strcmp(word, "name"))
		return prctl(PR_SET_NAME, argument) < 0 ? -errno : 0;
	if (!strcmp(word, "hold"))
		return hold(argument);
	if (!strcmp(word, "device"))
		return add_device(traffic, argument);
	if (!strcmp(word, "rate")) {
		traffic->rate = strtoul(argument, NULL, 10);
		return 0;
	}
	return -EINVAL;
}

/* 0 when all was done, else the message is out. */
static int take_orders(struct traffic *traffic)
{
	char line[4200];
	int err;

	while (fgets(line, sizeof(line), stdin)) {
		char *argument;

		line[strcspn(line, "\n")] = 0;
		if (!strcmp(line, "go"))
			return 0;
		argument = strchr(line, ' ');
		if (argument)
			*argument++ = 0;
		err = obey(traffic, line, argument ? argument : "");
		if (err) {
			printf("%s %s: %s\n", line, argument ? argument : "", strerror(-err));
			return err;
		}
	}
	printf("the orders end without go\n");
	return -EPIPE;
}

static unsigned short checksum(const void *data, size_t length)
{
	const unsigned short *word = data;
	unsigned int sum = 0;

	for (; length > 1; length -= 2)
		sum += *word++;
	sum = (sum & 0xffff) + (sum >> 16);
	return ~(sum + (sum >> 16));
}

static void fill_frame(struct frame *frame)
{
	static const unsigned char to[ETH_ALEN] = { 2, 0, 0, 0, 0, 1 };
	static const unsigned char from[ETH_ALEN] = { 2, 0, 0, 0, 0, 2 };

	memset(frame, 0, sizeof(*frame));
	memcpy(frame->eth.h_dest, to, ETH_ALEN);
	memcpy(frame->eth.h_source, from, ETH_ALEN);
	frame->eth.h_proto = htons(ETH_P_IP);
	frame->ip.version = 4;
	frame->ip.ihl = 5;
	frame->ip.ttl = 64;
	frame->ip.protocol = IPPROTO_UDP;
	frame->ip.tot_len = htons(sizeof(*frame) - sizeof(frame->eth));
	frame->ip.saddr = htonl(0xc0000202); /* 192.0.2.2, for documentation */
	frame->ip.daddr = htonl(0xc0000201);
	frame->ip.check = checksum(&frame->ip, sizeof(frame->ip));
	frame->udp.source = htons(40000);
	frame->udp.dest = htons(DISCARD_PORT);
	frame->udp.len = htons(sizeof(frame->udp) + sizeof(frame->payload));
}

/* A lost frame is no failure: devices come and go under the process. */
static void send_until_ended(const struct traffic *traffic)
{
	const struct timespec tick = { .tv_nsec = 1000000000 / TICKS_PER_SECOND };
	struct sockaddr_in local = { .sin_family = AF_INET, .sin_port = htons(DISCARD_PORT) };
	struct sockaddr_ll to = { .sll_family = AF_PACKET, .sll_halen = ETH_ALEN };
	unsigned int next = 0, sent, budget;
	struct frame frame;
	int raw, udp;

	raw = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	local.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	fill_frame(&frame);
	memcpy(to.sll_addr, frame.eth.h_dest, ETH_ALEN);
	budget = traffic->rate / TICKS_PER_SECOND;
	while (!ended) {
		for (sent = 0; traffic->count && sent < budget; sent++) {
			to.sll_ifindex = traffic->ifindex[next++ % traffic->count];
			sendto(raw, &frame, sizeof(frame), MSG_DONTWAIT, (struct sockaddr *)&to, sizeof(to));
		}
		/* by a socket of this cgroup, for the hooks of cgroups */
		udp = traffic->rate ? socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0) : -1;
		if (udp >= 0) {
			if (!connect(udp, (struct sockaddr *)&local, sizeof(local)))
				send(udp, "lab", 3, MSG_DONTWAIT);
			close(udp);
		}
		nanosleep(&tick, NULL);
	}
	close(raw);
}

static void let_go_of_the_caller(void)
{
	int null = open("/dev/null", O_RDWR);
	int fd;

	for (fd = 0; null >= 0 && fd <= 2; fd++)
		dup2(null, fd);
	if (null > 2)
		close(null);
}

int main(void)
{
	struct sigaction action = { .sa_handler = on_signal };
	static struct traffic traffic;
	struct rlimit files;
	sigset_t block, before;

	setsid();
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	if (!getrlimit(RLIMIT_NOFILE, &files)) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
	if (take_orders(&traffic))
		return 1;
	printf("ready\n");
	fflush(stdout);
	let_go_of_the_caller();
	if (chdir("/") < 0)
		return 1;
	if (traffic.rate) {
		send_until_ended(&traffic);
		return 0;
	}
	/* a signal between the look and the wait must not be lost */
	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGINT);
	sigprocmask(SIG_BLOCK, &block, &before);
	while (!ended)
		sigsuspend(&before);
	return 0;
}
