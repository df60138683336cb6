// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "ground.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/pkt_cls.h>
#include <net/if.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "../../../native/shim_bpf.h"
#include "../../../native/swap_rtnl.h"

#define SKIPPED 77
#define TCX_INGRESS 46
#define NETKIT_PRIMARY 54
#define XDP_TABLE 48

static const char *const kinds[] = {
	[SWAP_XDP_LINK] = "xdp-link",	    [SWAP_XDP_NETLINK] = "xdp-netlink",	  [SWAP_TCX_LINK] = "tcx-link",
	[SWAP_TCX_PROG] = "tcx-prog",	    [SWAP_NETKIT_LINK] = "netkit-link",	  [SWAP_NETKIT_PROG] = "netkit-prog",
	[SWAP_CGROUP_LINK] = "cgroup-link", [SWAP_CGROUP_PROG] = "cgroup-prog", [SWAP_CLS_BPF] = "cls-bpf",
};

/* The attach members of union bpf_attr, as far as both commands need them. */
struct attach {
	__u32 first;
	__u32 second;
	__u32 attach_type;
	__u32 flags;
	__u32 rest[4];
};

void die(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	exit(1);
}

static void run(const char *command)
{
	if (system(command))
		die("failed: %s", command);
}

int ground_kind(const char *word)
{
	unsigned int i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i], word))
			return i;
	return -1;
}

static int is_link(int kind)
{
	return kind == SWAP_XDP_LINK || kind == SWAP_TCX_LINK || kind == SWAP_NETKIT_LINK || kind == SWAP_CGROUP_LINK;
}

static int is_cgroup(int kind)
{
	return kind == SWAP_CGROUP_LINK || kind == SWAP_CGROUP_PROG;
}

static int is_netkit(int kind)
{
	return kind == SWAP_NETKIT_LINK || kind == SWAP_NETKIT_PROG;
}

static __u32 attach_type(int kind)
{
	switch (kind) {
	case SWAP_XDP_LINK:
	case SWAP_XDP_NETLINK:
		return BPF_XDP;
	case SWAP_TCX_LINK:
	case SWAP_TCX_PROG:
		return TCX_INGRESS;
	case SWAP_NETKIT_LINK:
	case SWAP_NETKIT_PROG:
		return NETKIT_PRIMARY;
	default:
		return BPF_CGROUP_INET_EGRESS;
	}
}

static int call(int cmd, struct attach *attr)
{
	long value = syscall(__NR_bpf, cmd, attr, sizeof(*attr));

	return value < 0 ? -errno : (int)value;
}

static char made[128];

/* Also where a trial dies half way. */
static void remove_cgroup(void)
{
	rmdir(made);
}

static void make_cgroup(struct ground *ground)
{
	char line[512], point[64], type[16];
	FILE *mounts = fopen("/proc/self/mounts", "r");

	while (mounts && fgets(line, sizeof(line), mounts)) {
		if (sscanf(line, "%*s %63s %15s", point, type) != 2 || strcmp(type, "cgroup2"))
			continue;
		snprintf(ground->cgroup, sizeof(ground->cgroup), "%s/bpfbay-trial-%d", point, getpid());
		fclose(mounts);
		if (mkdir(ground->cgroup, 0755))
			die("mkdir %s: %m", ground->cgroup);
		memcpy(made, ground->cgroup, sizeof(made));
		atexit(remove_cgroup);
		ground->cgroup_fd = open(ground->cgroup, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		return;
	}
	die("no cgroup2 is mounted");
}

static void make_devices(struct ground *ground, int kind)
{
	/* an ip(8) older than netkit cannot name the peer: the kernel calls it nk0 */
	if (is_netkit(kind) && system("ip link add name v0 type netkit 2>/dev/null && ip link set nk0 name v1"))
		exit(SKIPPED);
	if (!is_netkit(kind))
		run("ip link add v0 type veth peer name v1");
	/* no packet but our own: IPv6 would send some by itself */
	run("for d in all default; do echo 1 >/proc/sys/net/ipv6/conf/$d/disable_ipv6; done 2>/dev/null; "
	    "ip link set lo up; ip link set v0 up; ip link set v1 up; tc qdisc add dev v0 clsact");
	/* packets leave a netkit device by its program, and arrive at a veth */
	snprintf(ground->sender, sizeof(ground->sender), is_netkit(kind) ? "v0" : "v1");
	ground->place.ifindex = if_nametoindex("v0");
}

void ground_make(struct ground *ground, int kind)
{
	memset(ground, 0, sizeof(*ground));
	ground->link_fd = ground->cgroup_fd = -1;
	if (unshare(CLONE_NEWNET))
		die("unshare: %m");
	make_devices(ground, kind);
	if (is_cgroup(kind)) {
		make_cgroup(ground);
		ground->place.ifindex = 0;
	}
	ground->place.kind = kind;
	ground->place.netns_fd = -1;
	ground->place.cgroup_fd = ground->cgroup_fd;
	ground->place.attach_type = attach_type(kind);
	ground->place.xdp_mode = XDP_ATTACHED_DRV;
	ground->place.parent = 0xfffffff2;
	ground->place.priority = 1;
	ground->place.protocol = ETH_P_ALL;
	ground->place.handle = 1;
}

/* Devices and what is on them go with the namespace, and so with this process. */
void ground_unmake(struct ground *ground)
{
	if (ground->link_fd >= 0)
		close(ground->link_fd);
	if (ground->cgroup_fd >= 0)
		close(ground->cgroup_fd);
}

static void attach_xdp(__u32 ifindex, int fd)
{
	struct ifinfomsg device = { .ifi_index = ifindex };
	struct rtnl_message message;
	struct swap_answer answer = {};
	struct rtnl rtnl;
	size_t nest;

	if (rtnl_open(&rtnl, -1))
		die("rtnetlink");
	rtnl_begin(&message, RTM_SETLINK, 0, &device, sizeof(device));
	nest = rtnl_nest(&message, IFLA_XDP);
	rtnl_put_u32(&message, IFLA_XDP_FD, fd);
	rtnl_put_u32(&message, IFLA_XDP_FLAGS, XDP_FLAGS_DRV_MODE);
	rtnl_unnest(&message, nest);
	if (rtnl_ask(&rtnl, &message, NULL, &answer))
		die("RTM_SETLINK: %s", answer.message);
	rtnl_close(&rtnl);
}

void ground_crowd(void)
{
	FILE *ip = popen("ip -batch -", "w");
	struct program program;
	char name[16];
	int i;

	for (i = 0; ip && i < XDP_TABLE; i += 2)
		fprintf(ip, "link add c%d type veth peer name c%d\n", i, i + 1);
	if (!ip || pclose(ip))
		die("ip -batch failed");
	for (i = 0; i < XDP_TABLE; i++) {
		snprintf(name, sizeof(name), "c%d", i);
		program = ground_load(SWAP_XDP_NETLINK);
		attach_xdp(if_nametoindex(name), program.fd);
		close(program.fd);
		close(program.counter_fd);
	}
}

/* What a filter has beside its program; no name is none at all. */
struct looks {
	const char *name;
	__u32 class;
	__u32 flags;
};

static void change_filter(const struct ground *ground, int type, int flags, int fd, struct looks looks)
{
	struct tcmsg key = {
		.tcm_ifindex = ground->place.ifindex,
		.tcm_parent = ground->place.parent,
		.tcm_handle = ground->place.handle,
		.tcm_info = ground->place.priority << 16 | htons(ETH_P_ALL),
	};
	struct rtnl_message message;
	struct swap_answer answer = {};
	struct rtnl rtnl;
	size_t nest;

	if (rtnl_open(&rtnl, -1))
		die("rtnetlink");
	rtnl_begin(&message, type, flags, &key, sizeof(key));
	rtnl_put(&message, TCA_KIND, "bpf", 4);
	nest = rtnl_nest(&message, TCA_OPTIONS);
	if (fd >= 0) {
		rtnl_put_u32(&message, TCA_BPF_FD, fd);
		rtnl_put(&message, TCA_BPF_NAME, looks.name, strlen(looks.name) + 1);
		rtnl_put_u32(&message, TCA_BPF_FLAGS, looks.flags);
		if (looks.class)
			rtnl_put_u32(&message, TCA_BPF_CLASSID, looks.class);
	}
	rtnl_unnest(&message, nest);
	if (rtnl_ask(&rtnl, &message, NULL, &answer))
		die("filter: %s", answer.message);
	rtnl_close(&rtnl);
}

static __u32 target(const struct ground *ground)
{
	return ground->cgroup_fd >= 0 ? (__u32)ground->cgroup_fd : ground->place.ifindex;
}

void ground_attach(struct ground *ground, const struct program *program)
{
	struct attach link = { program->fd, target(ground), ground->place.attach_type, 0, {} };
	struct attach prog = { target(ground), program->fd, ground->place.attach_type, 0, {} };
	__u32 info[16] = {};
	int kind = ground->place.kind, err;

	if (is_link(kind)) {
		ground->link_fd = call(BPF_LINK_CREATE, &link);
		if (ground->link_fd < 0)
			exit(ground->link_fd == -EINVAL ? SKIPPED : 1);
		shim_info(ground->link_fd, info, sizeof(info));
		ground->place.link_id = info[1];
	} else if (kind == SWAP_XDP_NETLINK) {
		attach_xdp(ground->place.ifindex, program->fd);
	} else if (kind == SWAP_CLS_BPF) {
		change_filter(ground, RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL, program->fd,
			      (struct looks){ "trial", 0, TCA_BPF_FLAG_ACT_DIRECT });
	} else {
		prog.flags = is_cgroup(kind) ? BPF_F_ALLOW_MULTI : 0;
		err = call(BPF_PROG_ATTACH, &prog);
		if (err)
			exit(err == -EINVAL ? SKIPPED : 1);
	}
}

void ground_overwrite(struct ground *ground, const struct program *program, const char *name, __u32 class)
{
	change_filter(ground, RTM_NEWTFILTER, NLM_F_REPLACE, program->fd, (struct looks){ name, class, 0 });
}

void ground_detach(struct ground *ground, const struct program *program)
{
	struct attach prog = { target(ground), program->fd, ground->place.attach_type, 0, {} };

	if (ground->link_fd >= 0)
		close(ground->link_fd);
	else if (ground->place.kind == SWAP_XDP_NETLINK)
		attach_xdp(ground->place.ifindex, -1);
	else if (ground->place.kind == SWAP_CLS_BPF)
		change_filter(ground, RTM_DELTFILTER, 0, -1, (struct looks){});
	else if (call(BPF_PROG_DETACH, &prog))
		die("BPF_PROG_DETACH: %m");
	ground->link_fd = -1;
}

static int program_type(int kind)
{
	if (is_cgroup(kind))
		return BPF_PROG_TYPE_CGROUP_SKB;
	return kind == SWAP_XDP_LINK || kind == SWAP_XDP_NETLINK ? BPF_PROG_TYPE_XDP : BPF_PROG_TYPE_SCHED_CLS;
}

/* Drops at a device, so that nothing answers. Where sending would fail by it, lets the packet go. */
static int verdict(int kind)
{
	if (is_cgroup(kind))
		return 1;
	if (is_netkit(kind))
		return 0;
	return program_type(kind) == BPF_PROG_TYPE_XDP ? 1 /* XDP_DROP */ : 2 /* TC_ACT_SHOT, TCX_DROP */;
}

/* Counts in the one value of its array, and gives its verdict. */
struct program ground_load(int kind)
{
	struct program program = {};
	struct bpf_insn code[] = {
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = 1, .src_reg = BPF_PSEUDO_MAP_VALUE },
		{},
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 2, .imm = 1 },
		{ .code = BPF_STX | BPF_DW | BPF_ATOMIC, .dst_reg = 1, .src_reg = 2, .imm = BPF_ADD },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = 0, .imm = verdict(kind) },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr;
	__u32 info[2] = {};

	memset(&attr, 0, sizeof(attr));
	attr.map_type = BPF_MAP_TYPE_ARRAY;
	attr.key_size = 4;
	attr.value_size = 8;
	attr.max_entries = 1;
	program.counter_fd = shim_bpf(BPF_MAP_CREATE, &attr);
	if (program.counter_fd < 0)
		die("BPF_MAP_CREATE: %s", strerror(-program.counter_fd));
	code[0].imm = program.counter_fd;
	memset(&attr, 0, sizeof(attr));
	attr.prog_type = program_type(kind);
	attr.insns = (__u64)(unsigned long)code;
	attr.insn_cnt = sizeof(code) / sizeof(code[0]);
	attr.license = (__u64)(unsigned long)"GPL";
	strcpy(attr.prog_name, "trial");
	attr.expected_attach_type = attr.prog_type == BPF_PROG_TYPE_SCHED_CLS ? 0 : attach_type(kind);
	program.fd = shim_bpf(BPF_PROG_LOAD, &attr);
	if (program.fd < 0)
		die("BPF_PROG_LOAD: %s", strerror(-program.fd));
	shim_info(program.fd, info, sizeof(info));
	program.id = info[1];
	return program;
}

__u64 ground_count(const struct program *program)
{
	union bpf_attr attr;
	__u64 value = 0;
	__u32 key = 0;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = program->counter_fd;
	attr.key = (__u64)(unsigned long)&key;
	attr.value = (__u64)(unsigned long)&value;
	if (shim_bpf(BPF_MAP_LOOKUP_ELEM, &attr))
		die("BPF_MAP_LOOKUP_ELEM: %m");
	return value;
}
