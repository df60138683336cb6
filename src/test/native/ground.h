/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the swap's trials in C stand on: a namespace of their own with a veth
 * pair, programs that count, and one of them attached by any kind.
 */
#ifndef BPFBAY_GROUND_H
#define BPFBAY_GROUND_H

#include "../../../native/swap.h"

struct program {
	int fd;
	int counter_fd;
	__u32 id;
};

struct ground {
	struct swap_place place;
	int link_fd;	    /* -1 where the kind has none */
	int cgroup_fd;	    /* -1 where the kind has none */
	char cgroup[128];   /* its path */
	char sender[16];    /* frames sent here arrive at the place; of a cgroup its packets do */
};

/* SWAP_*, or -1 for a word that names no kind. */
int ground_kind(const char *word);

/* In a network namespace of its own; leaves with status 77 where the kernel lacks the kind. */
void ground_make(struct ground *ground, int kind);
void ground_attach(struct ground *ground, const struct program *program);
/* Empties the place: the naive half of a replacement. */
void ground_detach(struct ground *ground, const struct program *program);
/*
 * XDP calls its programs through a table of 48, and each change of that table
 * waits for every processor, milliseconds long. Programs that fill the table
 * leave the change of a program as the microsecond it is; then threads race.
 */
void ground_crowd(void);
void ground_unmake(struct ground *ground);

/* Of a filter: whatever stands there goes, as somebody else would make it go. */
void ground_overwrite(struct ground *ground, const struct program *program, const char *name, __u32 class);

struct program ground_load(int kind);
__u64 ground_count(const struct program *program);

void die(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

#endif
