// SPDX-License-Identifier: Apache-2.0
/*
 * One pass over everything bpfbay collects, in plain C without caches or iterators: the floor that its polls are measured against.
 *
 *   raw_pass PINS CGROUP2 PASSES      prints the median CPU time of one pass in microseconds, and what it counted
 *
 * Programs, links and maps by id, fd and info; per network namespace devices with XDP, qdiscs, filters and the tcx chains of each
 * device; every cgroup at every attach type; every pin by opening it; every process's descriptors by /proc.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define MAX_NETNS 4096
#define MAX_DEVICES 65536
#define LAST_KNOWN_ATTACH_TYPE 58
#define TCX_INGRESS 46
#define TCX_EGRESS 47
#ifndef RTEXT_FILTER_SKIP_STATS
#define RTEXT_FILTER_SKIP_STATS (1 << 3)
#endif

struct counts {
	unsigned long progs, links, maps, namespaces, devices, filters, chains, cgroups, pins, holdings;
};

static struct counts seen;
static char dump[64 * 1024];

static long bpf(int cmd, void *attr, unsigned int size)
{
	return syscall(SYS_bpf, cmd, attr, size);
}

/* The query's layout since 6.6, which the installed headers may not have. */
struct query {
	__u32 target, attach_type, query_flags, attach_flags;
	__u64 prog_ids;
	__u32 count, pad;
	__u64 prog_attach_flags, link_ids, link_attach_flags, revision;
};

static int query(int target, int attach_type)
{
	__u32 progs[64], links[64];
	struct query q = {
		.target = target,
		.attach_type = attach_type,
		.prog_ids = (uintptr_t)progs,
		.count = 64,
	};

	if (attach_type == TCX_INGRESS || attach_type == TCX_EGRESS)
		q.link_ids = (uintptr_t)links;
	return bpf(BPF_PROG_QUERY, &q, sizeof(q)) ? -errno : (int)q.count;
}

static unsigned long objects(int next_cmd, int fd_cmd)
{
	unsigned long n = 0;
	__u32 id = 0;

	for (;;) {
		union bpf_attr attr = { .start_id = id };
		__u32 map_ids[64];
		char info[256];
		int fd;

		if (bpf(next_cmd, &attr, sizeof(attr)))
			return n;
		id = attr.next_id;
		memset(&attr, 0, sizeof(attr));
		attr.prog_id = id;
		fd = bpf(fd_cmd, &attr, sizeof(attr));
		if (fd < 0)
			continue;
		memset(info, 0, sizeof(info));
		if (fd_cmd == BPF_PROG_GET_FD_BY_ID) {
			((struct bpf_prog_info *)info)->nr_map_ids = 64;
			((struct bpf_prog_info *)info)->map_ids = (uintptr_t)map_ids;
		}
		memset(&attr, 0, sizeof(attr));
		attr.info.bpf_fd = fd;
		attr.info.info_len = sizeof(info);
		attr.info.info = (uintptr_t)info;
		n += !bpf(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr));
		close(fd);
	}
}

typedef void (*on_message)(struct nlmsghdr *, void *);

struct request {
	struct nlmsghdr nlh;
	union {
		struct ifinfomsg ifi;
		struct tcmsg tcm;
	};
	struct rtattr ext;
	__u32 mask;
};

static void ask(int fd, struct request *req, on_message fn, void *arg)
{
	req->nlh.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	if (send(fd, req, req->nlh.nlmsg_len, 0) < 0)
		return;
	for (;;) {
		ssize_t n = recv(fd, dump, sizeof(dump), 0);

		if (n <= 0)
			return;
		for (struct nlmsghdr *h = (void *)dump; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_type == NLMSG_DONE || h->nlmsg_type == NLMSG_ERROR)
				return;
			fn(h, arg);
		}
	}
}

struct list {
	int n;
	int ifindex[MAX_DEVICES];
};

static struct list devices, hooked;

static void on_device(struct nlmsghdr *h, void *arg)
{
	struct ifinfomsg *ifi = NLMSG_DATA(h);
	struct list *list = arg;
	int len = IFLA_PAYLOAD(h);

	for (struct rtattr *a = IFLA_RTA(ifi); RTA_OK(a, len); a = RTA_NEXT(a, len))
		if ((a->rta_type & NLA_TYPE_MASK) == IFLA_XDP)
			break;
	if (list->n < MAX_DEVICES)
		list->ifindex[list->n++] = ifi->ifi_index;
}

static void on_qdisc(struct nlmsghdr *h, void *arg)
{
	struct tcmsg *tcm = NLMSG_DATA(h);
	struct list *list = arg;

	if (tcm->tcm_parent == TC_H_INGRESS && list->n < MAX_DEVICES)
		list->ifindex[list->n++] = tcm->tcm_ifindex;
}

static void on_filter(struct nlmsghdr *h, void *arg)
{
	struct tcmsg *tcm = NLMSG_DATA(h);

	(void)arg;
	seen.filters += tcm->tcm_handle != 0;
}

static void network(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	struct request req = { .nlh = { .nlmsg_type = RTM_GETLINK, .nlmsg_len = sizeof(req) },
			       .ifi = { .ifi_family = AF_PACKET },
			       .ext = { .rta_type = IFLA_EXT_MASK, .rta_len = RTA_LENGTH(4) },
			       .mask = RTEXT_FILTER_SKIP_STATS };

	if (fd < 0)
		return;
	devices.n = hooked.n = 0;
	ask(fd, &req, on_device, &devices);
	seen.devices += devices.n;
	memset(&req, 0, sizeof(req));
	req.nlh.nlmsg_type = RTM_GETQDISC;
	req.nlh.nlmsg_len = NLMSG_LENGTH(sizeof(struct tcmsg));
	ask(fd, &req, on_qdisc, &hooked);
	for (int i = 0; i < hooked.n; i++) {
		for (__u32 parent = 0xfffffff2; parent <= 0xfffffff3; parent++) {
			memset(&req, 0, sizeof(req));
			req.nlh.nlmsg_type = RTM_GETTFILTER;
			req.nlh.nlmsg_len = NLMSG_LENGTH(sizeof(struct tcmsg));
			req.tcm.tcm_ifindex = hooked.ifindex[i];
			req.tcm.tcm_parent = parent;
			ask(fd, &req, on_filter, NULL);
		}
	}
	for (int i = 0; i < devices.n; i++)
		for (int type = TCX_INGRESS; type <= TCX_EGRESS; type++)
			seen.chains += query(devices.ifindex[i], type) > 0;
	close(fd);
}

static void namespaces(int own)
{
	static ino_t known[MAX_NETNS];
	int n = 0;
	DIR *proc = opendir("/proc");

	for (struct dirent *d; proc && (d = readdir(proc));) {
		char path[64];
		struct stat st;
		int i, fd;

		if (d->d_name[0] < '0' || d->d_name[0] > '9')
			continue;
		snprintf(path, sizeof(path), "/proc/%.20s/ns/net", d->d_name);
		if (stat(path, &st))
			continue;
		for (i = 0; i < n && known[i] != st.st_ino; i++)
			;
		if (i < n || n == MAX_NETNS)
			continue;
		known[n++] = st.st_ino;
		fd = open(path, O_RDONLY | O_CLOEXEC);
		if (fd >= 0 && !setns(fd, CLONE_NEWNET))
			network();
		if (fd >= 0)
			close(fd);
	}
	if (proc)
		closedir(proc);
	if (setns(own, CLONE_NEWNET))
		abort();
	seen.namespaces = n;
}

static int on_cgroup(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	int fd;

	(void)st;
	(void)ftw;
	if (type != FTW_D)
		return 0;
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	for (int attach = 0; attach <= LAST_KNOWN_ATTACH_TYPE; attach++) {
		int is_cgroup = attach <= 3 || attach == 6 || (attach >= 8 && attach <= 15) ||
			       (attach >= 18 && attach <= 22) || (attach >= 29 && attach <= 32) || attach == 34 ||
			       attach == 43 || (attach >= 49 && attach <= 53);

		if (is_cgroup)
			query(fd, attach);
	}
	close(fd);
	seen.cgroups++;
	return 0;
}

static int on_pin(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	union bpf_attr attr = { .pathname = (uintptr_t)path };
	char proc[64], kind[64], info[256] = { 0 };
	int fd;

	(void)st;
	(void)ftw;
	if (type != FTW_F)
		return 0;
	fd = bpf(BPF_OBJ_GET, &attr, sizeof(attr));
	if (fd < 0)
		return 0;
	snprintf(proc, sizeof(proc), "/proc/self/fd/%d", fd);
	if (readlink(proc, kind, sizeof(kind)) > 0) {
		memset(&attr, 0, sizeof(attr));
		attr.info.bpf_fd = fd;
		attr.info.info_len = sizeof(info);
		attr.info.info = (uintptr_t)info;
		seen.pins += !bpf(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr));
	}
	close(fd);
	return 0;
}

static void holders(void)
{
	DIR *proc = opendir("/proc");

	for (struct dirent *d; proc && (d = readdir(proc));) {
		char path[320];
		DIR *fds;

		if (d->d_name[0] < '0' || d->d_name[0] > '9')
			continue;
		snprintf(path, sizeof(path), "/proc/%.20s/fd", d->d_name);
		fds = opendir(path);
		if (!fds)
			continue;
		for (struct dirent *f; (f = readdir(fds));) {
			char target[64], text[1024];
			ssize_t len = readlinkat(dirfd(fds), f->d_name, target, sizeof(target));
			int fd;

			if (len < 14 || memcmp(target, "anon_inode:bpf", 14))
				continue;
			snprintf(path, sizeof(path), "/proc/%.20s/fdinfo/%.20s", d->d_name, f->d_name);
			fd = open(path, O_RDONLY | O_CLOEXEC);
			if (fd < 0)
				continue;
			seen.holdings += read(fd, text, sizeof(text)) > 0;
			close(fd);
		}
		closedir(fds);
	}
	if (proc)
		closedir(proc);
}

static double cpu_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return ts.tv_sec * 1e6 + ts.tv_nsec / 1e3;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	int passes = argc > 3 ? atoi(argv[3]) : 0;
	int own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	double *cost;

	if (passes < 1 || own < 0) {
		fprintf(stderr, "usage: raw_pass PINS CGROUP2 PASSES\n");
		return 2;
	}
	cost = calloc(passes, sizeof(*cost));
	for (int i = 0; cost && i < passes; i++) {
		double start = cpu_us();

		memset(&seen, 0, sizeof(seen));
		seen.progs = objects(BPF_PROG_GET_NEXT_ID, BPF_PROG_GET_FD_BY_ID);
		seen.links = objects(BPF_LINK_GET_NEXT_ID, BPF_LINK_GET_FD_BY_ID);
		seen.maps = objects(BPF_MAP_GET_NEXT_ID, BPF_MAP_GET_FD_BY_ID);
		namespaces(own);
		nftw(argv[2], on_cgroup, 64, FTW_PHYS | FTW_MOUNT);
		nftw(argv[1], on_pin, 64, FTW_PHYS | FTW_MOUNT);
		holders();
		cost[i] = cpu_us() - start;
	}
	qsort(cost, passes, sizeof(*cost), by_value);
	printf("%.0f %lu programs %lu links %lu maps %lu namespaces %lu devices %lu filters %lu chains %lu cgroups %lu pins %lu holdings\n",
	       cost[passes / 2], seen.progs, seen.links, seen.maps, seen.namespaces, seen.devices, seen.filters, seen.chains,
	       seen.cgroups, seen.pins, seen.holdings);
	return 0;
}
