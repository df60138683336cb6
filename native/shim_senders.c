// SPDX-License-Identifier: Apache-2.0
/*
 * Who changed a filter. A notification names the sender by the port of its
 * socket, and the sender is often a command that ends at once: so the process
 * is looked at as soon as the message is there, before anything else is done.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "shim.h"
#include "shim_java.h"

#define COMM_BYTES 16
#define RECEIVE_BYTES (1 << 20)
/* libnl keeps a pid in the lower bits of a port and counts its sockets above */
#define PORT_PID 0x3fffff

/* Stands before each message; without one where messages were lost. */
struct shim_notice {
	__u32 size; /* with the message; a multiple of 8 */
	__s32 nsid; /* -1: the own network namespace */
	__u32 port; /* 0: the kernel itself */
	__u32 pid; /* 0: not found out */
	char comm[COMM_BYTES];
};
_Static_assert(sizeof(struct shim_notice) == 32, "read by Java");

/* A socket that hears of filters and qdiscs here and wherever a namespace has an id. */
static int shim_notices_open(void)
{
	struct sockaddr_nl here = { .nl_family = AF_NETLINK, .nl_groups = 1 << (RTNLGRP_TC - 1) };
	int one = 1, room = RECEIVE_BYTES, sock, err;

	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	if (sock < 0)
		return -errno;
	setsockopt(sock, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
	/* without CAP_NET_BROADCAST only the own namespace tells */
	setsockopt(sock, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, &one, sizeof(one));
	if (bind(sock, (struct sockaddr *)&here, sizeof(here))) {
		err = -errno;
		close(sock);
		return err;
	}
	return sock;
}

static int read_comm(__u32 pid, char comm[COMM_BYTES])
{
	char path[64], text[COMM_BYTES + 1];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/comm", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = read(fd, text, sizeof(text));
	close(fd);
	if (n <= 0)
		return n ? -errno : -ESRCH;
	memset(comm, 0, COMM_BYTES);
	/* the last byte is a newline, others may be one too */
	memcpy(comm, text, n - 1);
	return 0;
}

/* The inode of a route socket in a /proc/.../net/netlink, 0 where there is none of that port. */
static unsigned long socket_inode(const char *table, __u32 port)
{
	unsigned long found = 0, inode;
	unsigned int protocol, owner;
	char line[256];
	FILE *file;

	file = fopen(table, "re");
	if (!file)
		return 0;
	while (!found && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "%*s %u %u %*s %*s %*s %*s %*s %*s %lu", &protocol, &owner, &inode) == 3 &&
		    protocol == NETLINK_ROUTE && owner == port)
			found = inode;
	}
	fclose(file);
	return found;
}

/* 1 or 0; 0 also of a process that has no descriptors any more. */
static int holds_socket(__u32 pid, unsigned long inode)
{
	char path[64], want[64], is[64];
	int held = 0;
	struct dirent *entry;
	DIR *fds;

	snprintf(path, sizeof(path), "/proc/%u/fd", pid);
	snprintf(want, sizeof(want), "socket:[%lu]", inode);
	fds = opendir(path);
	if (!fds)
		return 0;
	while (!held && (entry = readdir(fds))) {
		ssize_t n;

		if (entry->d_name[0] == '.')
			continue;
		n = readlinkat(dirfd(fds), entry->d_name, is, sizeof(is) - 1);
		if (n > 0) {
			is[n] = 0;
			held = !strcmp(is, want);
		}
	}
	closedir(fds);
	return held;
}

/* The socket may be in the namespace of one thread alone. */
static unsigned long inode_of(__u32 pid, __u32 port, int nsid)
{
	unsigned long inode = 0;
	struct dirent *entry;
	char path[320];
	DIR *tasks;

	if (nsid < 0)
		inode = socket_inode("/proc/thread-self/net/netlink", port);
	snprintf(path, sizeof(path), "/proc/%u/task", pid);
	tasks = inode ? NULL : opendir(path);
	while (tasks && !inode && (entry = readdir(tasks))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "/proc/%u/task/%s/net/netlink", pid, entry->d_name);
		inode = socket_inode(path, port);
	}
	if (tasks)
		closedir(tasks);
	return inode;
}

/* Whether the process has ended, though its parent may not know yet. */
static int has_ended(__u32 pid)
{
	char path[64], text[512], *behind;
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "/proc/%u/stat", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 1;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	text[n > 0 ? n : 0] = 0;
	behind = strrchr(text, ')');
	return !behind || behind[2] == 'Z' || behind[2] == 'X';
}

/* Commands end right after they have closed their socket. */
static int ends_soon(__u32 pid)
{
	const struct timespec a_while = { .tv_nsec = 500000 };
	int i;

	for (i = 0; i < 40 && !has_ended(pid); i++)
		nanosleep(&a_while, NULL);
	return has_ended(pid);
}

/*
 * Most ports are the pid of the first socket's process, but a port may also be
 * any number. A process of that pid that holds the socket is the sender; and so
 * is one that was there a moment ago and is not any more: one that had nothing
 * to do with it would have stayed. Of one that stays and does not hold the
 * socket nothing is known: it may have closed it, or never had it.
 */
static int is_sender(__u32 pid, __u32 port, int nsid)
{
	unsigned long inode = inode_of(pid, port, nsid);

	return (inode && holds_socket(pid, inode) == 1) || ends_soon(pid);
}

/* last: what was found out before, which may be true of this one too. */
static void find_sender(struct shim_notice *notice, struct shim_notice *last)
{
	const __u32 guesses[] = { notice->port, notice->port & PORT_PID };
	unsigned int i;

	if (last->size && last->port == notice->port && last->nsid == notice->nsid) {
		notice->pid = last->pid;
		memcpy(notice->comm, last->comm, COMM_BYTES);
		return;
	}
	for (i = 0; notice->port && !notice->pid && i < 2; i++) {
		if ((i && guesses[i] == guesses[0]) || (__s32)guesses[i] <= 0)
			continue;
		if (!read_comm(guesses[i], notice->comm) && is_sender(guesses[i], notice->port, notice->nsid))
			notice->pid = guesses[i];
	}
	if (!notice->pid)
		memset(notice->comm, 0, COMM_BYTES);
	*last = *notice;
}

static int is_wanted(const struct nlmsghdr *nlh)
{
	switch (nlh->nlmsg_type) {
	case RTM_NEWTFILTER:
	case RTM_DELTFILTER:
	case RTM_NEWQDISC:
	case RTM_DELQDISC:
		return 1;
	default:
		return 0;
	}
}

/* One datagram behind the notices so far. Returns their bytes, or -errno. */
static long receive(int sock, struct shim_notice *last, char *buf, long used, long capacity)
{
	union {
		char space[CMSG_SPACE(sizeof(int))];
		struct cmsghdr align;
	} control;
	struct iovec iov = { .iov_base = buf + used + sizeof(struct shim_notice),
			     .iov_len = capacity - used - sizeof(struct shim_notice) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = &control,
			      .msg_controllen = sizeof(control) };
	struct shim_notice *notice = (struct shim_notice *)(buf + used);
	struct nlmsghdr *nlh = iov.iov_base;
	struct cmsghdr *cmsg;
	ssize_t n;

	n = recvmsg(sock, &msg, MSG_DONTWAIT);
	if (n < 0 && errno != ENOBUFS)
		return errno == EINTR ? used : -errno;
	memset(notice, 0, sizeof(*notice));
	notice->nsid = -1;
	if (n < 0 || msg.msg_flags & MSG_TRUNC) {
		notice->size = sizeof(*notice);
		return used + notice->size;
	}
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg))
		if (cmsg->cmsg_level == SOL_NETLINK && cmsg->cmsg_type == NETLINK_LISTEN_ALL_NSID)
			memcpy(&notice->nsid, CMSG_DATA(cmsg), sizeof(int));
	if ((size_t)n < sizeof(*nlh) || nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len > (size_t)n ||
	    !is_wanted(nlh))
		return used;
	notice->port = nlh->nlmsg_pid;
	notice->size = sizeof(*notice) + SHIM_ALIGN(nlh->nlmsg_len);
	memset((char *)nlh + nlh->nlmsg_len, 0, SHIM_ALIGN(nlh->nlmsg_len) - nlh->nlmsg_len);
	find_sender(notice, last);
	return used + notice->size;
}

/*
 * Sleeps until somebody has changed a filter and writes a struct shim_notice
 * with the message for each that is there. 0: woken by the other descriptor.
 * A notification holds one message, at most a page and a bit of it. last is
 * zero at first and kept by the caller. The thread is to have no other work:
 * it goes before all others, and so before the sender, which would else have
 * ended by the time this runs on a busy host.
 */
static long shim_notices_wait(int sock, int wake, struct shim_notice *last, char *buf, long capacity)
{
	struct sched_param first = { .sched_priority = 1 };
	struct pollfd fds[] = { { .fd = sock, .events = POLLIN }, { .fd = wake, .events = POLLIN } };
	long used = 0;

	/* without CAP_SYS_NICE it is one of many */
	sched_setscheduler(0, SCHED_RR, &first);
	while (!used) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return -errno;
		if (fds[1].revents)
			return 0;
		while (capacity - used >= (1 << 16)) {
			long now = receive(sock, last, buf, used, capacity);

			if (now == -EAGAIN)
				break;
			if (now < 0)
				return now;
			used = now;
		}
	}
	return used;
}

/*
 * The process with the route socket of that port in the own namespace, and its
 * comm, by looking at every process: for ports that are no pid. -ESRCH.
 */
static int shim_socket_owner(__u32 port, char comm[COMM_BYTES])
{
	unsigned long inode = socket_inode("/proc/thread-self/net/netlink", port);
	struct dirent *entry;
	int owner = -ESRCH;
	DIR *proc;

	proc = inode ? opendir("/proc") : NULL;
	while (proc && owner < 0 && (entry = readdir(proc))) {
		__u32 pid = strtoul(entry->d_name, NULL, 10);

		if (pid && holds_socket(pid, inode) == 1 && !read_comm(pid, comm))
			owner = pid;
	}
	if (proc)
		closedir(proc);
	return owner;
}

/* The id of a namespace as seen from the own one; -1 where it has none. */
static int shim_netns_id(const char *netns)
{
	struct {
		struct nlmsghdr header;
		struct rtgenmsg family;
		char pad[3];
		struct nlattr attribute;
		__u32 fd;
	} request = {
		.header = { .nlmsg_len = sizeof(request), .nlmsg_type = RTM_GETNSID, .nlmsg_flags = NLM_F_REQUEST },
		.attribute = { .nla_len = sizeof(struct nlattr) + sizeof(__u32), .nla_type = 3 /* NETNSA_FD */ },
	};
	struct {
		struct nlmsghdr header;
		struct rtgenmsg family;
		char pad[3];
		struct nlattr attribute;
		__s32 nsid;
		char more[64];
	} answer;
	int sock, fd, id = -1;

	fd = open(netns, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return -1;
	request.fd = fd;
	sock = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (sock >= 0 && send(sock, &request, sizeof(request), 0) == sizeof(request) &&
	    recv(sock, &answer, sizeof(answer), 0) >= (ssize_t)sizeof(answer) - 64 &&
	    answer.header.nlmsg_type == RTM_NEWNSID && answer.attribute.nla_type == 1 /* NETNSA_NSID */)
		id = answer.nsid;
	if (sock >= 0)
		close(sock);
	close(fd);
	return id;
}

/* for Java */

JAVA_SIZEOF(SenderShim, shim_1sizeof_1notice, struct shim_notice)

JAVA(jint, SenderShim, shim_1notices_1open)
{
	return shim_notices_open();
}

JAVA(jlong, SenderShim, shim_1notices_1wait, jint sock, jint wake, jlong last, jlong buf, jlong capacity)
{
	return shim_notices_wait(sock, wake, (void *)last, (void *)buf, capacity);
}

JAVA(jint, SenderShim, shim_1socket_1owner, jint port, jbyteArray comm)
{
	char *comm_bytes = shim_bytes(env, comm);
	jint value = shim_socket_owner(port, comm_bytes);

	shim_give_bytes(env, comm, comm_bytes);
	return value;
}

JAVA(jint, SenderShim, shim_1netns_1id, jbyteArray netns)
{
	char *netns_bytes = shim_bytes(env, netns);
	jint value = shim_netns_id(netns_bytes);

	shim_drop_bytes(env, netns, netns_bytes);
	return value;
}
