// SPDX-License-Identifier: Apache-2.0
/*
 * The guard's lines in the journal: JSON, one a member and event. They are
 * written by a child that nobody waits for longer than a second, since a disk
 * may hang; then the next journal has its turn.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"

#define PATIENCE_MS 1000

/* The bytes of one UTF-8 sequence, as RFC 3629 has them, or 0. */
static unsigned int decode(const unsigned char *at, uint32_t *point)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned int length, i;

	if (at[0] < 0x80) {
		*point = at[0];
		return 1;
	}
	length = at[0] >= 0xf0 ? 4 : at[0] >= 0xe0 ? 3 : 2;
	if (at[0] < 0xc2 || at[0] > 0xf4)
		return 0;
	*point = at[0] & (0x7f >> length);
	for (i = 1; i < length; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		*point = *point << 6 | (at[i] & 0x3f);
	}
	if (*point < least[length] || *point > 0x10ffff || (*point >= 0xd800 && *point <= 0xdfff))
		return 0;
	return length;
}

static bool is_escaped(uint32_t point)
{
	return point < 0x20 || (point >= 0x7f && point <= 0x9f) || point == 0x61c ||
	       point == 0x200e || point == 0x200f || (point >= 0x2028 && point <= 0x202e) ||
	       (point >= 0x2066 && point <= 0x2069);
}

/* A byte that is no UTF-8 stands as the lone surrogate U+DC00 + byte. */
static void put_string(FILE *line, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;

	fputc('"', line);
	while (*at) {
		uint32_t point;
		unsigned int length = decode(at, &point);

		if (!length) {
			fprintf(line, "\\udc%02x", *at);
			length = 1;
		} else if (point == '"' || point == '\\') {
			fprintf(line, "\\%c", point);
		} else if (is_escaped(point)) {
			fprintf(line, "\\u%04x", point);
		} else {
			fwrite(at, 1, length, line);
		}
		at += length;
	}
	fputc('"', line);
}

static void put_field(FILE *line, const char *name, const char *text)
{
	fprintf(line, ",\"%s\":", name);
	put_string(line, text);
}

static void put_program(FILE *line, const char *name, const struct guard_program *program)
{
	unsigned int i;

	fprintf(line, ",\"%s\":{\"prog_id\":%u", name, program->id);
	put_field(line, "prog_name", program->name);
	fputs(",\"tag\":\"", line);
	for (i = 0; i < sizeof(program->tag); i++)
		fprintf(line, "%02x", program->tag[i]);
	fputs("\"}", line);
}

static void put_line(FILE *line, const struct guard *guard, unsigned int index, const char *event,
		     const struct timespec *at, const char *detail)
{
	const struct guard_member *member = &guard->members[index];
	char second[32];
	struct tm utc;

	gmtime_r(&at->tv_sec, &utc);
	strftime(second, sizeof(second), "%Y-%m-%dT%H:%M:%S", &utc);
	fprintf(line, "{\"schema\":\"bpfbay/journal/1\",\"boot_id\":\"%s\",\"at\":\"%s.%03ldZ\"",
		guard->boot_id, second, at->tv_nsec / 1000000);
	put_field(line, "swap", guard->swap);
	put_field(line, "event", event);
	fprintf(line, ",\"member\":%u", index);
	put_field(line, "ref", member->ref);
	put_field(line, "primitive", member->primitive);
	put_program(line, "from", &member->from);
	put_program(line, "to", &member->to);
	if (member->place.link_id)
		fprintf(line, ",\"link_id\":%u", member->place.link_id);
	fprintf(line, ",\"by\":{\"pid\":%d,\"comm\":\"" GUARD_NAME "\"", getppid());
	if (guard->user)
		put_field(line, "user", guard->user);
	fputs("}", line);
	put_field(line, "detail", detail);
	fputs("}\n", line);
}

/* A line that a full disk has cut short would swallow the next one. */
static void end_cut_line(int fd, const char *path)
{
	int in = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	char last = '\n';
	off_t end;

	if (in < 0)
		return;
	end = lseek(in, 0, SEEK_END);
	if (end > 0 && pread(in, &last, 1, end - 1) == 1 && last != '\n' && write(fd, "\n", 1) != 1)
		errno = 0; /* the append that follows will say why */
	close(in);
}

static int append(int fd, const struct guard *guard, unsigned int index, const char *event,
		  const struct timespec *at, const char *detail)
{
	char *text = NULL;
	size_t size = 0;
	ssize_t written;
	FILE *line;

	line = open_memstream(&text, &size);
	if (!line)
		return -ENOMEM;
	put_line(line, guard, index, event, at, detail);
	if (fclose(line))
		return -ENOMEM;
	/* one call, so that lines of several writers do not mix */
	written = write(fd, text, size);
	free(text);
	return written == (ssize_t)size ? 0 : written < 0 ? -errno : -ENOSPC;
}

static int write_all(const struct guard *guard, const char *path)
{
	static const char *const events[] = { "confirmed", "reverted", "stale", "failed" };
	unsigned int i;
	int fd, err = 0;

	fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return -errno;
	end_cut_line(fd, path);
	for (i = 0; guard->undone && !err && i < guard->count; i++)
		err = append(fd, guard, i, "reverting", &guard->undoing_at, guard->reason);
	for (i = 0; !err && i < guard->count; i++)
		err = append(fd, guard, i, events[guard->members[i].ending], &guard->ended_at,
			     guard->members[i].words);
	/* EINVAL: nothing that could be synced */
	if (!err && fsync(fd) && errno != EINVAL)
		err = -errno;
	return err;
}

/* The child keeps nothing of what the guard holds: it may hang for ever. */
static int try_one(const struct guard *guard, const char *path)
{
	struct pollfd ended = { .events = POLLIN };
	int status = 1;
	pid_t pid;

	pid = fork();
	if (pid < 0)
		return -errno;
	if (!pid) {
		syscall(__NR_close_range, 3, ~0U, 0);
		_exit(write_all(guard, path) ? 1 : 0);
	}
	ended.fd = syscall(__NR_pidfd_open, pid, 0);
	if (ended.fd < 0)
		return -errno;
	if (poll(&ended, 1, PATIENCE_MS) == 1)
		waitpid(pid, &status, 0);
	else
		kill(pid, SIGKILL);
	close(ended.fd);
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

void guard_write_down(const struct guard *guard)
{
	unsigned int i;

	for (i = 0; i < guard->journals; i++)
		if (!try_one(guard, guard->journal[i]))
			return;
}
