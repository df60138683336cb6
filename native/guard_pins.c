// SPDX-License-Identifier: Apache-2.0
/* Pins: those of the way back, and those that are to follow to a program that stays. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"
#include "shim_bpf.h"

void guard_unpin(const struct guard *guard)
{
	struct dirent *entry;
	DIR *dir;

	dir = guard->pins ? opendir(guard->pins) : NULL;
	if (!dir)
		return;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
	rmdir(guard->pins);
}

int guard_carry(struct guard *guard, const char *path)
{
	struct guard_carried *grown;

	if (!guard->count)
		return -EINVAL;
	grown = reallocarray(guard->carried, guard->carried_count + 1, sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	guard->carried = grown;
	grown[guard->carried_count++] = (struct guard_carried){ guard->count - 1, path };
	return 0;
}

/* 1 where the pin names that program, 0 where another object, or -errno. */
static int names(const char *path, uint32_t id)
{
	static const char program[] = "anon_inode:bpf-prog";
	char link[64], kind[sizeof(program)] = "";
	struct bpf_prog_info info;
	union bpf_attr attr;
	int fd, err;

	memset(&attr, 0, sizeof(attr));
	attr.pathname = (uintptr_t)path;
	fd = shim_bpf(BPF_OBJ_GET, &attr);
	if (fd < 0)
		return fd;
	memset(&info, 0, sizeof(info));
	err = shim_info(fd, &info, sizeof(info));
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (err >= 0 && readlink(link, kind, sizeof(kind) - 1) < 0)
		err = -errno;
	close(fd);
	if (err < 0)
		return err;
	return !strcmp(kind, program) && info.id == id;
}

/* Each only while it still names the old program. */
static void carry(struct guard_member *member, const char *path)
{
	size_t used = strlen(member->words), room = sizeof(member->words) - used;
	int err;

	err = names(path, member->from.id);
	if (!err) {
		snprintf(member->words + used, room, "; pin %s was left alone", path);
		return;
	}
	if (err > 0)
		err = swap_pin_renew(member->to.fd, path);
	if (err < 0)
		snprintf(member->words + used, room, "; pin %s was not renewed: %s", path,
			 strerrorname_np(-err));
	else
		snprintf(member->words + used, room, "; pin %s names it now", path);
}

void guard_carry_pins(struct guard *guard)
{
	unsigned int i;

	for (i = 0; guard->ending == GUARD_CONFIRMED && i < guard->carried_count; i++)
		carry(&guard->members[guard->carried[i].member], guard->carried[i].path);
}
