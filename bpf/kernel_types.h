/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The few kernel structures that the iterators read. Only the members named
 * here are looked at; where they lie is filled in from the running kernel's
 * BTF when a program is loaded, so their order and neighbours do not matter,
 * but an enum has to be one here too.
 */
#ifndef BPFBAY_KERNEL_TYPES_H
#define BPFBAY_KERNEL_TYPES_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
};

struct ns_common {
	unsigned int inum;
};

struct net {
	struct ns_common ns;
};

typedef struct {
	struct net *net;
} possible_net_t;

struct net_device {
	int ifindex;
	possible_net_t nd_net;
};

struct bpf_prog_aux {
	struct {
		long long counter;
	} refcnt;
	__u32 id;
	__u64 load_time;
};

struct bpf_prog {
	enum bpf_prog_type type;
	enum bpf_attach_type expected_attach_type;
	struct bpf_prog_aux *aux;
};

struct bpf_map {
	enum bpf_map_type map_type;
	__u32 id;
};

struct bpf_link {
	__u32 id;
	enum bpf_link_type type;
	struct bpf_prog *prog;
};

struct bpf_xdp_link {
	struct bpf_link link;
	struct net_device *dev;
};

struct tcx_link { /* since 6.6 */
	struct bpf_link link;
	struct net_device *dev;
};

struct kernfs_node {
	__u64 id;
};

struct cgroup {
	struct kernfs_node *kn;
};

struct bpf_cgroup_link {
	struct bpf_link link;
	struct cgroup *cgroup;
};

struct bpf_netns_link {
	struct bpf_link link;
	struct net *net;
};

struct bpf_nf_link { /* since 6.4 */
	struct bpf_link link;
	struct net *net;
};

struct inode { /* only named, but libbpf compares definitions */
	unsigned long i_ino;
};

struct file_operations {
	void *release;
};

struct file {
	const struct file_operations *f_op;
	void *private_data;
};

struct upid {
	int nr;
};

struct pid {
	unsigned int level;
	struct upid numbers[1];
};

struct task_struct {
	struct task_struct *group_leader;
	struct pid *thread_pid;
	__u64 start_boottime;
	char comm[16];
};

struct bpf_iter__bpf_prog {
	struct bpf_iter_meta *meta;
	struct bpf_prog *prog;
};

struct bpf_iter__bpf_link {
	struct bpf_iter_meta *meta;
	struct bpf_link *link;
};

struct bpf_iter__bpf_map {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
};

struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	struct file *file;
};

#pragma clang attribute pop

#endif
