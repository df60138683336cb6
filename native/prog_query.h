/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BPFBAY_PROG_QUERY_H
#define BPFBAY_PROG_QUERY_H

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PROG_QUERY_CMD 16

/*
 * The query member of union bpf_attr in full: the headers of older systems,
 * and libbpf before 1.3, end before link_ids and revision.
 */
struct prog_query {
	uint32_t target; /* a descriptor or an ifindex */
	uint32_t attach_type;
	uint32_t query_flags;
	uint32_t attach_flags;
	uint64_t prog_ids;
	uint32_t count;
	uint32_t reserved;
	uint64_t prog_attach_flags;
	uint64_t link_ids;
	uint64_t link_attach_flags;
	uint64_t revision;
};
_Static_assert(sizeof(struct prog_query) == 64, "union bpf_attr");

static inline int prog_query(struct prog_query *attr)
{
	return syscall(SYS_bpf, PROG_QUERY_CMD, attr, sizeof(*attr)) < 0 ? -errno : 0;
}

#endif
