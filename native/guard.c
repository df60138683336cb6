// SPDX-License-Identifier: Apache-2.0
/*
 * The guard of a swap: stands by while a program is replaced, and puts the old
 * one back at the deadline unless somebody confirms. It needs neither the
 * process that started it nor a terminal.
 *
 * It holds the programs, their program arrays, the namespaces and the locks,
 * but no link: whoever owns one must be able to close it. It has one thread, so
 * that exactly one of confirmation and deadline wins; where both have come, the
 * deadline. SIGTERM undoes at once, since what follows it is SIGKILL.
 *
 * Socket 3 is the starter's, the locks are behind it. A message is words, each
 * with its NUL: arm MS, committed, confirm, revert, dismiss, status. The answer
 * is "ok" and words, or "error" ERRNO TEXT; or, whatever was asked, "places"
 * and a line a member, and "ended" CONFIRMED|REVERTED|STALE|FAILED|DISMISSED.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "guard.h"

#define NS_PER_MS 1000000ULL
#define LONGEST_MS (366ULL * 24 * 3600 * 1000)

enum watched { ON_DEADLINE, ON_SIGNAL, ON_PROBE_TIMER, ON_PROBE, ON_LISTENER, ON_PEERS };

static void undo(struct guard *guard)
{
	guard_undo(guard);
	guard->undone = true;
	guard->over = true;
}

static void keep(struct guard *guard)
{
	guard_look(guard);
	guard->over = true;
}

/* By its own judgement: nobody else is there to let the pins follow. */
static void stay(struct guard *guard)
{
	keep(guard);
	guard_carry_pins(guard);
}

static void go_without_trace(struct guard *guard)
{
	guard->traceless = true;
	guard->over = true;
}

static void probe(struct guard *guard)
{
	if (guard_probe_start(guard))
		undo(guard);
}

static void on_probe_over(struct guard *guard)
{
	if (guard_probe_judge(guard))
		undo(guard);
	else if (guard->probe.run == 1)
		guard_probe_plan(guard);
	else
		stay(guard);
}

static int arm(struct guard *guard, const char *word)
{
	uint64_t ms = strtoull(word, NULL, 10);
	int err;

	if (!ms || ms > LONGEST_MS)
		return -ERANGE;
	err = guard_timer_set(guard->deadline, ms * NS_PER_MS);
	if (err)
		return err;
	if (guard->phase == GUARD_STANDING)
		guard->phase = GUARD_ARMED;
	if (guard->probe.run == 1 && guard->probe.pidfd < 0)
		guard_probe_plan(guard);
	return 0;
}

static int committed(struct guard *guard)
{
	if (guard->phase == GUARD_STANDING)
		return -EINVAL;
	if (guard->phase == GUARD_ARMED) {
		guard->phase = GUARD_COMMITTED;
		if (guard->probe.path)
			guard_timer_set(guard->probe.timer, 1);
	}
	return 0;
}

static bool has_starter(const struct guard *guard)
{
	unsigned int i;

	for (i = 0; i < GUARD_PEERS; i++)
		if (guard->peers[i].fd >= 0 && guard->peers[i].starter)
			return true;
	return false;
}

/* Half a group is not confirmed: its starter is at work on it, or has died over it. */
static int confirm(struct guard *guard, const struct guard_peer *peer)
{
	if (guard->phase == GUARD_STANDING)
		return -EINVAL;
	if (guard->phase == GUARD_ARMED && !peer->starter) {
		if (has_starter(guard))
			return -EBUSY;
		guard_look(guard);
		if (guard->ending != GUARD_CONFIRMED)
			return -ESTALE;
	}
	snprintf(guard->reason, sizeof(guard->reason), "by pid %d, uid %u", peer->pid, peer->uid);
	keep(guard);
	return 0;
}

static int revert(struct guard *guard, const struct guard_peer *peer)
{
	if (guard->phase == GUARD_STANDING)
		return -EINVAL;
	snprintf(guard->reason, sizeof(guard->reason), "asked for by pid %d, uid %u", peer->pid,
		 peer->uid);
	undo(guard);
	return 0;
}

static int dismiss(struct guard *guard)
{
	go_without_trace(guard);
	return 0;
}

static void say_status(const struct guard *guard, FILE *out)
{
	static const char *const phases[] = { "STANDING", "ARMED", "COMMITTED" };
	size_t at;

	guard_word(out, "%s", guard->swap);
	guard_word(out, "%s", phases[guard->phase]);
	guard_word(out, "%llu", (unsigned long long)guard_timer_left(guard->deadline));
	guard_word(out, "%d", getpid());
	for (at = 0; at < guard->lacks_length; at += strlen(guard->lacks + at) + 1)
		guard_word(out, "%s", guard->lacks + at);
}

static const char *refusal(int err)
{
	switch (err) {
	case -EINVAL:
		return "nothing has been swapped yet";
	case -EBUSY:
		return "the swap is still being made";
	case -ESTALE:
		return "bpfbay ended before all of it was swapped: revert it";
	case -ERANGE:
		return "a window is between 1 ms and 366 days";
	default:
		return "";
	}
}

static void serve(struct guard *guard, struct guard_peer *peer)
{
	static char request[256];
	const char *argument;
	char *message;
	size_t length;
	FILE *out;
	int err;

	if (guard_receive(peer->fd, request, sizeof(request), &length, NULL)) {
		if (peer->starter && guard->phase == GUARD_STANDING)
			go_without_trace(guard);
		guard_peer_drop(peer);
		return;
	}
	argument = request + strlen(request) + 1;
	if (argument >= request + length)
		argument = "";
	if (!strcmp(request, "arm"))
		err = arm(guard, argument);
	else if (!strcmp(request, "committed"))
		err = committed(guard);
	else if (!strcmp(request, "confirm"))
		err = confirm(guard, peer);
	else if (!strcmp(request, "revert"))
		err = revert(guard, peer);
	else if (!strcmp(request, "dismiss"))
		err = dismiss(guard);
	else
		err = strcmp(request, "status") ? -EOPNOTSUPP : 0;
	/* an ending is said to everybody, when it has been written down */
	if (guard->over)
		return;
	out = guard_say(&message, &length);
	if (!out)
		return;
	guard_word(out, err ? "error" : "ok");
	if (err) {
		guard_word(out, "%d", -err);
		guard_word(out, "%s", refusal(err));
	} else {
		say_status(guard, out);
	}
	guard_said(peer->fd, out, &message, &length);
}

static void on_signal(struct guard *guard)
{
	struct signalfd_siginfo info;

	if (read(guard->signals, &info, sizeof(info)) != sizeof(info))
		return;
	if (guard->phase == GUARD_STANDING) {
		go_without_trace(guard);
		return;
	}
	snprintf(guard->reason, sizeof(guard->reason), "SIGTERM from pid %u", info.ssi_pid);
	undo(guard);
}

static void on_probe_timer(struct guard *guard)
{
	uint64_t times;

	if (read(guard->probe.timer, &times, sizeof(times)) != sizeof(times))
		return;
	if (guard->probe.pidfd >= 0)
		on_probe_over(guard);
	else
		probe(guard);
}

static void watch(struct guard *guard)
{
	struct pollfd on[ON_PEERS + GUARD_PEERS];
	unsigned int i;

	for (i = 0; i < ON_PEERS + GUARD_PEERS; i++)
		on[i].events = POLLIN;
	on[ON_DEADLINE].fd = guard->deadline;
	on[ON_SIGNAL].fd = guard->signals;
	on[ON_PROBE_TIMER].fd = guard->probe.timer;
	on[ON_PROBE].fd = guard->probe.pidfd;
	on[ON_LISTENER].fd = guard->listener;
	for (i = 0; i < GUARD_PEERS; i++)
		on[ON_PEERS + i].fd = guard->peers[i].fd;
	if (poll(on, ON_PEERS + GUARD_PEERS, -1) < 0)
		return;
	if (on[ON_DEADLINE].revents) {
		snprintf(guard->reason, sizeof(guard->reason), "nobody confirmed in time");
		undo(guard);
	} else if (on[ON_SIGNAL].revents) {
		on_signal(guard);
	} else if (on[ON_PROBE].revents) {
		on_probe_over(guard);
	} else if (on[ON_PROBE_TIMER].revents) {
		on_probe_timer(guard);
	}
	for (i = 0; i < GUARD_PEERS && !guard->over; i++)
		if (on[ON_PEERS + i].revents)
			serve(guard, &guard->peers[i]);
	if (!guard->over && on[ON_LISTENER].revents)
		guard_greet(guard);
}

static void read_boot_id(struct guard *guard)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	if (read(fd, guard->boot_id, 36) != 36)
		guard->boot_id[0] = 0;
	close(fd);
}

static int take_place(struct guard *guard, char why[GUARD_WORDS])
{
	sigset_t handled;
	int fd, err;

	snprintf(why, GUARD_WORDS, "the guard itself");
	for (fd = GUARD_SOCKET; fcntl(fd, F_SETFD, FD_CLOEXEC) == 0; fd++)
		guard->locks = fd - GUARD_SOCKET;
	err = guard_go_deaf();
	if (err)
		return err;
	sigemptyset(&handled);
	sigaddset(&handled, SIGTERM);
	sigprocmask(SIG_BLOCK, &handled, NULL);
	guard->signals = signalfd(-1, &handled, SFD_CLOEXEC | SFD_NONBLOCK);
	guard->deadline = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	guard->probe.timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
	if (guard->signals < 0 || guard->deadline < 0 || guard->probe.timer < 0)
		return -errno;
	read_boot_id(guard);
	err = guard_take_orders(guard, why);
	if (err)
		return err;
	guard_take_shelter(guard);
	snprintf(why, GUARD_WORDS, "its control socket");
	guard->listener = guard_listen(guard->control);
	return guard->listener < 0 ? guard->listener : guard_peer_add(guard, GUARD_SOCKET, true);
}

/* "ok" and the status, or what it stumbled over. */
static int report(struct guard *guard, int err, const char *why)
{
	char *message;
	size_t length;
	FILE *out;

	out = guard_say(&message, &length);
	if (!out)
		return -ENOMEM;
	guard_word(out, err ? "error" : "ok");
	if (err) {
		guard_word(out, "%d", -err);
		guard_word(out, "%s", why);
	} else {
		say_status(guard, out);
	}
	return guard_said(GUARD_SOCKET, out, &message, &length);
}

/* The locks go before the word is out, so that who hears it can take them. */
static void end(struct guard *guard)
{
	unsigned int i;

	guard_probe_end(guard);
	if (!guard->traceless)
		guard_write_down(guard);
	if (guard->undone && guard->ending != GUARD_FAILED)
		guard_unpin(guard);
	unlink(guard->control);
	for (i = 1; i <= guard->locks; i++)
		close(GUARD_SOCKET + i);
	guard_tell_ending(guard);
	guard_leave_shelter();
}

int main(void)
{
	static struct guard guard = { .listener = -1, .probe = { .pidfd = -1 } };
	char why[GUARD_WORDS];
	unsigned int i;
	int err;

	for (i = 0; i < GUARD_PEERS; i++)
		guard.peers[i].fd = -1;
	err = take_place(&guard, why);
	if (report(&guard, err, why) || err) {
		if (guard.listener >= 0)
			unlink(guard.control);
		guard_leave_shelter();
		return 1;
	}
	while (!guard.over)
		watch(&guard);
	end(&guard);
	return 0;
}
