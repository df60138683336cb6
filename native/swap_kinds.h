/* SPDX-License-Identifier: Apache-2.0 */
/* The kinds of place, each with its call; swap.c chooses among them. */
#ifndef BPFBAY_SWAP_KINDS_H
#define BPFBAY_SWAP_KINDS_H

#include "swap.h"

/* One replacement, as all kinds are asked for it. */
struct swap_request {
	const struct swap_place *place;
	int expected_fd;
	int other_fd;
	__u64 revision;
	struct swap_answer *answer;
};

int swap_link_replace(const struct swap_request *request);
int swap_link_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing);

int swap_xdp_replace(const struct swap_request *request);
int swap_xdp_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing);

int swap_chain_replace(const struct swap_request *request);
int swap_chain_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing);

int swap_filter_replace(const struct swap_request *request);
int swap_filter_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing);

/* What the kernel, or we, have to say about it. */
void swap_say(struct swap_answer *answer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The id of a program, link or map, or 0 with -errno. */
int swap_id_of(int fd, __u32 *id);

#endif
