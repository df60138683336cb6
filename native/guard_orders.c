// SPDX-License-Identifier: Apache-2.0
/*
 * What the guard is told when it starts, and the opening of what is named
 * there. As many messages as it takes:
 *
 *   swap ID, control PATH, user NAME, journal PATH (several), probe PATH LIMIT_MS
 *   member REF PRIMITIVE FROM TO PLACE    alone in its message
 *   carry PIN                             of the member before it
 *   go
 *
 * PLACE is struct swap_place in hexadecimal; the namespace or cgroup of one that
 * has any comes as the message's descriptor.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"

struct reader {
	char *at;
	char *end;
	int given; /* the message's descriptor, or -1 */
	bool failed;
};

static const char *next_word(struct reader *reader)
{
	char *word = reader->at;
	char *stop;

	stop = word < reader->end ? memchr(word, 0, reader->end - word) : NULL;
	if (!stop) {
		reader->failed = true;
		return "";
	}
	reader->at = stop + 1;
	return word;
}

static uint64_t next_number(struct reader *reader)
{
	const char *word = next_word(reader);
	uint64_t number;
	char *end;

	errno = 0;
	number = strtoull(word, &end, 10);
	if (errno || end == word || *end)
		reader->failed = true;
	return number;
}

static uint32_t nibble(char digit)
{
	return digit >= 'a' ? digit - 'a' + 10 : digit - '0';
}

static void next_place(struct reader *reader, struct swap_place *place)
{
	const char *word = next_word(reader);
	unsigned char *bytes = (unsigned char *)place;
	size_t i;

	if (strlen(word) != 2 * sizeof(*place) || strspn(word, "0123456789abcdef") != 2 * sizeof(*place)) {
		reader->failed = true;
		return;
	}
	for (i = 0; i < sizeof(*place); i++)
		bytes[i] = nibble(word[2 * i]) << 4 | nibble(word[2 * i + 1]);
}

/* The numbers of descriptors are the sender's; only that there is one matters. */
static int place_descriptor(struct swap_place *place, int given)
{
	bool wants_netns = place->netns_fd >= 0, wants_cgroup = place->cgroup_fd >= 0;

	if (wants_netns + wants_cgroup != (given >= 0))
		return -EBADF;
	if (wants_netns)
		place->netns_fd = given;
	if (wants_cgroup)
		place->cgroup_fd = given;
	return 0;
}

static int member_open(struct guard *guard, struct reader *reader, char why[GUARD_WORDS])
{
	struct guard_member *member;
	const char *what = "its place";
	uint32_t from, to;
	int err = -EINVAL;

	member = reallocarray(guard->members, guard->count + 1, sizeof(*member));
	if (!member)
		return -ENOMEM;
	guard->members = member;
	member += guard->count;
	memset(member, 0, sizeof(*member));
	member->ref = next_word(reader);
	member->primitive = next_word(reader);
	from = next_number(reader);
	to = next_number(reader);
	next_place(reader, &member->place);
	if (reader->failed || member->place.kind > SWAP_CLS_BPF)
		goto out;
	err = place_descriptor(&member->place, reader->given);
	if (err)
		goto out;
	what = "the old program";
	err = guard_program_open(&member->from, from);
	if (err)
		goto out;
	what = "the new program";
	err = guard_program_open(&member->to, to);
	if (err)
		goto out;
	what = "the program arrays";
	err = guard_arrays_keep(guard, guard->count);
	if (!err)
		guard->count++;
out:
	if (err)
		snprintf(why, GUARD_WORDS, "%s: %s", member->ref, what);
	return err;
}

static int one_order(struct guard *guard, struct reader *reader, char why[GUARD_WORDS])
{
	const char *word = next_word(reader);

	snprintf(why, GUARD_WORDS, "order %s", word);
	if (!strcmp(word, "swap")) {
		guard->swap = next_word(reader);
	} else if (!strcmp(word, "control")) {
		guard->control = next_word(reader);
	} else if (!strcmp(word, "user")) {
		guard->user = next_word(reader);
	} else if (!strcmp(word, "pins")) {
		guard->pins = next_word(reader);
	} else if (!strcmp(word, "journal")) {
		if (guard->journals == GUARD_JOURNALS)
			return -E2BIG;
		guard->journal[guard->journals++] = next_word(reader);
	} else if (!strcmp(word, "probe")) {
		guard->probe.path = next_word(reader);
		guard->probe.limit_ms = next_number(reader);
		snprintf(why, GUARD_WORDS, "its probe %s", guard->probe.path);
		if (!reader->failed && access(guard->probe.path, X_OK))
			return -errno;
	} else if (!strcmp(word, "carry")) {
		word = next_word(reader);
		return reader->failed ? -EINVAL : guard_carry(guard, word);
	} else if (!strcmp(word, "member")) {
		return member_open(guard, reader, why);
	} else {
		return -EINVAL;
	}
	return reader->failed ? -EINVAL : 0;
}

/* The guard points into the messages for as long as it lives. */
int guard_take_orders(struct guard *guard, char why[GUARD_WORDS])
{
	static char buffer[GUARD_MESSAGE];
	struct reader reader = { 0 };
	int err;

	while (true) {
		size_t length;
		char *words;

		snprintf(why, GUARD_WORDS, "orders");
		err = guard_receive(GUARD_SOCKET, buffer, sizeof(buffer), &length, &reader.given);
		if (err)
			return err;
		words = malloc(length);
		if (!words)
			return -ENOMEM;
		memcpy(words, buffer, length);
		reader.at = words;
		reader.end = words + length;
		while (reader.at < reader.end) {
			if (!strcmp(reader.at, "go"))
				return guard->swap && guard->control && guard->count ? 0 : -EINVAL;
			err = one_order(guard, &reader, why);
			if (err)
				return err;
		}
	}
}
