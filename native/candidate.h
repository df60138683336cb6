/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a candidate's process may do to the kernel. Loading for a plan changes
 * nothing that is live, but libbpf pins maps whose definition wishes it, takes
 * up those pins again, and fills the slots that a file defines also in maps
 * that it was told to re-use. Every bpf(2) of libbpf passes candidate_calls.c,
 * which lets through what makes new objects and nothing else.
 */
#ifndef BPFBAY_CANDIDATE_H
#define BPFBAY_CANDIDATE_H

#include <linux/types.h>

#define CANDIDATE_LIVE_MAPS 1024

struct calls {
	/* descriptors of maps that others use: what is written to them is dropped */
	int live[CANDIDATE_LIVE_MAPS];
	int live_count;
	/* a slot of a new program array names a program that was not loaded */
	int slots_missing;
	/* bytes of the maps that were made */
	__u64 map_bytes;
	/* why a call was refused here */
	char refusal[256];
};

/* libbpf's calls have no argument of ours: this is the one global. */
extern struct calls calls;

/* The kernel itself, past the rules: its value, or -errno. */
int bpf_directly(int cmd, void *attr, unsigned int size);

#endif
