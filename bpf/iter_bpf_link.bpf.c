// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "kernel_types.h"
#include "records.h"

static __always_inline void describe_device(struct link_record *record, struct net_device *dev)
{
	/* Cleared when the device went away under the link. */
	if (!dev)
		return;
	record->ifindex = BPF_CORE_READ(dev, ifindex);
	record->netns = BPF_CORE_READ(dev, nd_net.net, ns.inum);
}

static __always_inline void describe_net(struct link_record *record, struct net *net)
{
	if (net)
		record->netns = BPF_CORE_READ(net, ns.inum);
}

SEC("iter/bpf_link")
int bpfbay_links(struct bpf_iter__bpf_link *ctx)
{
	struct bpf_link *link = ctx->link;
	struct link_record record = {};

	if (!link)
		return 0;
	record.id = link->id;
	record.type = link->type;
	record.prog_id = BPF_CORE_READ(link, prog, aux, id);

	if (link->type == BPF_LINK_TYPE_XDP) {
		describe_device(&record, BPF_CORE_READ((struct bpf_xdp_link *)link, dev));
	} else if (link->type == BPF_LINK_TYPE_CGROUP) {
		struct cgroup *cgroup = BPF_CORE_READ((struct bpf_cgroup_link *)link, cgroup);

		if (cgroup)
			record.cgroup_id = BPF_CORE_READ(cgroup, kn, id);
	} else if (link->type == BPF_LINK_TYPE_NETNS) {
		describe_net(&record, BPF_CORE_READ((struct bpf_netns_link *)link, net));
	} else if (link->type == 10 /* BPF_LINK_TYPE_NETFILTER */) {
		if (bpf_core_type_exists(struct bpf_nf_link))
			describe_net(&record, BPF_CORE_READ((struct bpf_nf_link *)link, net));
	} else if (link->type == 11 /* BPF_LINK_TYPE_TCX */ || link->type == 13 /* BPF_LINK_TYPE_NETKIT */) {
		/*
		 * A netkit link looks the same. Its own type is in the BTF of a
		 * module, which may come after this program.
		 */
		if (bpf_core_type_exists(struct tcx_link))
			describe_device(&record, BPF_CORE_READ((struct tcx_link *)link, dev));
	}
	bpf_seq_write(ctx->meta->seq, &record, sizeof(record));
	return 0;
}

#ifndef BPFBAY_TOGETHER
char LICENSE[] SEC("license") = "Dual BSD/GPL";
#endif
