/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The guard of a swap: what its parts know of each other. One process, one
 * thread; every function gives 0 or -errno.
 */
#ifndef BPFBAY_GUARD_H
#define BPFBAY_GUARD_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>
#include <time.h>

#include "swap.h"

#define GUARD_NAME "bpfbay-guard"
#define GUARD_WORDS 512
#define GUARD_JOURNALS 4
#define GUARD_SOCKET 3 /* of the starter; the locks are behind it */
#define GUARD_PEERS 64
#define GUARD_MESSAGE (256 << 10)

enum guard_phase { GUARD_STANDING, GUARD_ARMED, GUARD_COMMITTED };

/* From the best to the worst, so that a group's is the greatest of its members'. */
enum guard_ending { GUARD_CONFIRMED, GUARD_REVERTED, GUARD_STALE, GUARD_FAILED };

struct guard_program {
	int fd;
	uint32_t id;
	char name[BPF_OBJ_NAME_LEN];
	unsigned char tag[BPF_TAG_SIZE];
};

struct guard_member {
	const char *ref;
	const char *primitive; /* as the journal names it */
	struct swap_place place;
	struct guard_program from;
	struct guard_program to;
	enum guard_ending ending;
	char words[GUARD_WORDS]; /* what stands there now */
};

struct guard_slot {
	uint32_t index;
	uint32_t prog_id;
};

/* A program array: it empties with its last reference, and the tail calls with it. */
struct guard_array {
	int fd;
	uint32_t id;
	unsigned int member; /* whose old program uses it */
	unsigned int filled;
	struct guard_slot *slots; /* as they were when the guard took its place */
};

/* Somebody on a socket; the starter is one of them. */
struct guard_peer {
	int fd;
	bool starter;
	pid_t pid;
	uid_t uid;
};

/* A pin of a member's old program that is to follow to the new one. */
struct guard_carried {
	unsigned int member;
	const char *path;
};

struct guard_probe {
	const char *path; /* NULL where there is none */
	uint64_t limit_ms;
	int timer; /* of the limit while it runs, else of the second run */
	int pidfd; /* -1 while it does not run */
	pid_t pid;
	unsigned int run; /* 0, 1 after the commit, 2 before the deadline */
};

struct guard {
	const char *swap;
	const char *control;
	const char *user;
	const char *pins; /* the folder of the way back, NULL where there is none */
	const char *journal[GUARD_JOURNALS];
	unsigned int journals;
	char boot_id[40];
	struct guard_member *members;
	unsigned int count;
	struct guard_array *arrays;
	unsigned int array_count;
	struct guard_carried *carried;
	unsigned int carried_count;
	struct guard_probe probe;
	enum guard_phase phase;
	bool over;
	bool traceless; /* it ends as if it had never been */
	bool undone; /* by this guard, rather than confirmed */
	enum guard_ending ending;
	char reason[GUARD_WORDS];
	struct timespec undoing_at;
	struct timespec ended_at;
	int deadline; /* timerfd */
	int signals;
	int listener;
	unsigned int locks; /* descriptors from GUARD_SOCKET + 1 on */
	struct guard_peer peers[GUARD_PEERS];
	char *lacks;
	size_t lacks_length; /* clauses, each with its NUL */
};

/* guard_orders.c; why says what it stumbled over */
int guard_take_orders(struct guard *guard, char why[GUARD_WORDS]);

/* guard_objects.c */
int guard_program_open(struct guard_program *program, uint32_t id);
int guard_arrays_keep(struct guard *guard, unsigned int member);
void guard_arrays_missing(const struct guard *guard, unsigned int member, char *words, size_t size);

/* guard_shelter.c: out of everybody's reach, as far as the host allows */
int guard_go_deaf(void);
void guard_take_shelter(struct guard *guard);
void guard_leave_shelter(void);

/* guard_undo.c */
void guard_undo(struct guard *guard);
/* Who stands at each place; nothing is touched. */
void guard_look(struct guard *guard);

/* guard_pins.c */
/* The way back has been gone: its pins would only keep both programs alive. */
void guard_unpin(const struct guard *guard);
/* One of the last member's. */
int guard_carry(struct guard *guard, const char *path);
void guard_carry_pins(struct guard *guard);

/* guard_journal.c: what the members' endings are */
void guard_write_down(const struct guard *guard);

/* guard_talk.c: a message is words, each with its NUL */
FILE *guard_say(char **message, size_t *length);
int guard_said(int fd, FILE *words, char **message, size_t *length);
void guard_word(FILE *words, const char *format, ...) __attribute__((format(printf, 2, 3)));
int guard_listen(const char *path);
int guard_receive(int fd, char *buffer, size_t size, size_t *length, int *given);
void guard_greet(struct guard *guard);
int guard_peer_add(struct guard *guard, int fd, bool starter);
void guard_peer_drop(struct guard_peer *peer);
void guard_tell_ending(struct guard *guard);

/* guard_probe.c */
int guard_probe_start(struct guard *guard);
void guard_probe_plan(struct guard *guard);
int guard_probe_judge(struct guard *guard);
void guard_probe_end(struct guard *guard);
uint64_t guard_timer_left(int timer);
int guard_timer_set(int timer, uint64_t ns);

#endif
