// SPDX-License-Identifier: Apache-2.0
/*
 * Somebody else changes the filter in the one moment in which nobody can see
 * it: after our last look, before our change. Afterwards theirs has to stand
 * there again, with all it had. The linker sends every send(2) through here.
 *
 *	swap_overwrite TIMES
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "ground.h"

#define OTHERS_MAX 8

static struct ground ground;
static struct program first, ours, others[OTHERS_MAX];
static int times, done;
static int is_other_at_work;

ssize_t __real_send(int fd, const void *buf, size_t size, int flags);
ssize_t __wrap_send(int fd, const void *buf, size_t size, int flags);

/* As tc(8) would: another program, another name, a class, no direct action. */
static void change_it(void)
{
	is_other_at_work = 1;
	ground_overwrite(&ground, &others[done++], "theirs", 0x10007);
	is_other_at_work = 0;
}

ssize_t __wrap_send(int fd, const void *buf, size_t size, int flags)
{
	const struct nlmsghdr *nlh = buf;

	if (!is_other_at_work && nlh->nlmsg_type == RTM_NEWTFILTER && nlh->nlmsg_flags & NLM_F_REPLACE && done < times)
		change_it();
	return __real_send(fd, buf, size, flags);
}

int main(int argc, char **argv)
{
	struct swap_standing standing;
	struct swap_answer answer;
	int i, err;

	times = argc == 2 ? atoi(argv[1]) : 0;
	if (times < 0 || times > OTHERS_MAX)
		die("usage: swap_overwrite TIMES");
	ground_make(&ground, SWAP_CLS_BPF);
	first = ground_load(SWAP_CLS_BPF);
	ours = ground_load(SWAP_CLS_BPF);
	for (i = 0; i < times; i++)
		others[i] = ground_load(SWAP_CLS_BPF);
	ground_attach(&ground, &first);
	done = 0;
	err = swap_replace(&ground.place, first.fd, ours.fd, 0, &answer);
	if (swap_read(&ground.place, 0, &standing))
		die("read");
	printf("%s, restored %u, replaced %s, standing %s: %s\n", err ? strerrorname_np(-err) : "swapped", answer.restored,
	       answer.replaced_id == first.id ? "first" : "another",
	       standing.prog_id == ours.id			    ? "ours" :
	       done && standing.prog_id == others[done - 1].id ? "the last of theirs" :
								      "?",
	       answer.message);
	fflush(stdout);
	if (system("tc filter show dev v0 ingress"))
		die("tc failed");
	return 0;
}
