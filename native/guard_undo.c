// SPDX-License-Identifier: Apache-2.0
/*
 * The undoing: each member by compare-and-swap from the new program to the old
 * one, the last first. What somebody else has put there since stays.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <string.h>
#include <time.h>

#include "guard.h"

#define TRIES 5

static const char *error_name(int err)
{
	const char *name = strerrorname_np(-err);

	return name ? name : "an unknown error";
}

static const char *gone_words(const struct guard_member *member)
{
	switch (member->place.kind) {
	case SWAP_XDP_LINK:
	case SWAP_TCX_LINK:
	case SWAP_NETKIT_LINK:
	case SWAP_CGROUP_LINK:
		return "the link is gone, and its program with it";
	case SWAP_CGROUP_PROG:
		return "the cgroup is gone";
	case SWAP_CLS_BPF:
		return "the filter or its device is gone";
	default:
		return "the device is gone";
	}
}

static bool is_gone(int err)
{
	return err == -ENODEV || err == -ENOLINK || err == -ENOENT;
}

static bool is_chain(const struct guard_member *member)
{
	return member->place.kind == SWAP_TCX_PROG || member->place.kind == SWAP_NETKIT_PROG ||
	       member->place.kind == SWAP_CGROUP_PROG;
}

static void describe(struct guard_member *member, const char *what, const struct guard_program *program)
{
	snprintf(member->words, sizeof(member->words), "%s #%u %s", program->name, program->id, what);
}

/* In a chain the new program is looked for first: one may stand there beside the other. */
static int standing(const struct guard_member *member, uint32_t *prog_id)
{
	struct swap_standing there = { 0 };
	int err;

	err = swap_read(&member->place, member->to.id, &there);
	if (!err && is_chain(member) && there.prog_id != member->to.id)
		err = swap_read(&member->place, member->from.id, &there);
	*prog_id = there.prog_id;
	return err;
}

/* What stands at a place where the new program does not, or could not be replaced. */
static enum guard_ending look_again(struct guard_member *member, int refused, const char *message)
{
	uint32_t prog_id;
	int err;

	err = standing(member, &prog_id);
	if (is_gone(err)) {
		snprintf(member->words, sizeof(member->words), "%s", gone_words(member));
		return GUARD_STALE;
	}
	if (err) {
		snprintf(member->words, sizeof(member->words), "cannot be read: %s", error_name(err));
		return GUARD_FAILED;
	}
	if (prog_id == member->from.id) {
		describe(member, "stands there", &member->from);
		return GUARD_REVERTED;
	}
	if (prog_id == member->to.id) {
		snprintf(member->words, sizeof(member->words), "%s #%u is still attached: %s%s%s",
			 member->to.name, member->to.id, error_name(refused), *message ? ", " : "",
			 message);
		return GUARD_FAILED;
	}
	if (prog_id)
		snprintf(member->words, sizeof(member->words),
			 "#%u of somebody else stands there, left alone", prog_id);
	else
		snprintf(member->words, sizeof(member->words), "%s, left so",
			 is_chain(member) ? "neither the old nor the new program is in the chain" :
					    "nothing is attached there");
	return GUARD_STALE;
}

static bool is_passing(int err)
{
	return err == -EAGAIN || err == -EINTR || err == -ENOBUFS || err == -ENOMEM;
}

static void undo_one(struct guard_member *member)
{
	const struct timespec pause = { .tv_nsec = 20 * 1000 * 1000 };
	struct swap_answer answer;
	int tries, err;

	for (tries = 0; tries < TRIES; tries++) {
		memset(&answer, 0, sizeof(answer));
		err = swap_replace(&member->place, member->to.fd, member->from.fd, 0, &answer);
		if (!is_passing(err))
			break;
		nanosleep(&pause, NULL);
	}
	answer.message[sizeof(answer.message) - 1] = 0;
	if (!err) {
		describe(member, "is back", &member->from);
		member->ending = GUARD_REVERTED;
		return;
	}
	member->ending = look_again(member, err, answer.message);
	if (err == -ESTALE && answer.restored == 2) {
		snprintf(member->words, sizeof(member->words),
			 "#%u of somebody else was replaced and could not be put back", answer.replaced_id);
		member->ending = GUARD_FAILED;
	}
}

static enum guard_ending worst_of(const struct guard *guard)
{
	enum guard_ending ending = GUARD_CONFIRMED;
	unsigned int i;

	for (i = 0; i < guard->count; i++)
		if (guard->members[i].ending > ending)
			ending = guard->members[i].ending;
	return ending;
}

void guard_undo(struct guard *guard)
{
	char missing[GUARD_WORDS];
	unsigned int i;
	size_t used;

	clock_gettime(CLOCK_REALTIME, &guard->undoing_at);
	for (i = guard->count; i-- > 0;)
		undo_one(&guard->members[i]);
	clock_gettime(CLOCK_REALTIME, &guard->ended_at);
	for (i = 0; i < guard->count; i++) {
		struct guard_member *member = &guard->members[i];

		if (member->ending != GUARD_REVERTED)
			continue;
		guard_arrays_missing(guard, i, missing, sizeof(missing));
		used = strlen(member->words);
		snprintf(member->words + used, sizeof(member->words) - used, "%s", missing);
	}
	guard->ending = worst_of(guard);
}

/* For a confirmation. */
void guard_look(struct guard *guard)
{
	unsigned int i;

	for (i = 0; i < guard->count; i++) {
		struct guard_member *member = &guard->members[i];
		uint32_t prog_id;

		if (!standing(member, &prog_id) && prog_id == member->to.id) {
			describe(member, "stays", &member->to);
			member->ending = GUARD_CONFIRMED;
			continue;
		}
		member->ending = look_again(member, 0, "");
		if (member->ending == GUARD_REVERTED)
			member->ending = GUARD_STALE;
	}
	clock_gettime(CLOCK_REALTIME, &guard->ended_at);
	guard->ending = worst_of(guard);
}
