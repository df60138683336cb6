// SPDX-License-Identifier: Apache-2.0
/* The programs of a swap, and the program arrays that their tail calls go through. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "guard.h"
#include "shim_bpf.h"

int guard_program_open(struct guard_program *program, uint32_t id)
{
	struct bpf_prog_info info;
	int err;

	program->id = id;
	program->fd = shim_fd_by_id(BPF_PROG_GET_FD_BY_ID, id, 0);
	if (program->fd < 0)
		return program->fd;
	memset(&info, 0, sizeof(info));
	err = shim_info(program->fd, &info, sizeof(info));
	if (err < 0)
		return err;
	memcpy(program->name, info.name, sizeof(program->name));
	program->name[sizeof(program->name) - 1] = 0;
	memcpy(program->tag, info.tag, sizeof(program->tag));
	return 0;
}

/* The program in a slot, or 0. */
static uint32_t slot_read(int fd, uint32_t index)
{
	union bpf_attr attr;
	uint32_t prog_id = 0;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = (uintptr_t)&index;
	attr.value = (uintptr_t)&prog_id;
	return shim_bpf(BPF_MAP_LOOKUP_ELEM, &attr) < 0 ? 0 : prog_id;
}

static int slots_remember(struct guard_array *array, uint32_t slots)
{
	uint32_t index;

	for (index = 0; index < slots; index++) {
		uint32_t prog_id = slot_read(array->fd, index);
		struct guard_slot *grown;

		if (!prog_id)
			continue;
		grown = reallocarray(array->slots, array->filled + 1, sizeof(*grown));
		if (!grown)
			return -ENOMEM;
		array->slots = grown;
		array->slots[array->filled++] = (struct guard_slot){ index, prog_id };
	}
	return 0;
}

static bool is_kept(const struct guard *guard, uint32_t id)
{
	unsigned int i;

	for (i = 0; i < guard->array_count; i++)
		if (guard->arrays[i].id == id)
			return true;
	return false;
}

static int array_keep(struct guard *guard, uint32_t id, unsigned int member, bool old)
{
	struct guard_array *grown, *array;
	struct bpf_map_info info;
	int fd, err;

	if (is_kept(guard, id))
		return 0;
	fd = shim_fd_by_id(BPF_MAP_GET_FD_BY_ID, id, 0);
	if (fd < 0)
		return fd;
	memset(&info, 0, sizeof(info));
	err = shim_info(fd, &info, sizeof(info));
	if (err < 0 || info.type != BPF_MAP_TYPE_PROG_ARRAY) {
		close(fd);
		return err < 0 ? err : 0;
	}
	grown = reallocarray(guard->arrays, guard->array_count + 1, sizeof(*grown));
	if (!grown) {
		close(fd);
		return -ENOMEM;
	}
	guard->arrays = grown;
	array = &grown[guard->array_count++];
	*array = (struct guard_array){ .fd = fd, .id = id, .member = member };
	return old ? slots_remember(array, info.max_entries) : 0;
}

static int program_arrays_keep(struct guard *guard, const struct guard_program *program,
			       unsigned int member, bool old)
{
	struct bpf_prog_info info;
	uint32_t *ids, count, i;
	int err;

	memset(&info, 0, sizeof(info));
	err = shim_info(program->fd, &info, sizeof(info));
	if (err < 0 || !info.nr_map_ids)
		return err < 0 ? err : 0;
	count = info.nr_map_ids;
	ids = calloc(count, sizeof(*ids));
	if (!ids)
		return -ENOMEM;
	memset(&info, 0, sizeof(info));
	info.nr_map_ids = count;
	info.map_ids = (uintptr_t)ids;
	err = shim_info(program->fd, &info, sizeof(info));
	for (i = 0; err >= 0 && i < count; i++)
		err = array_keep(guard, ids[i], member, old);
	free(ids);
	return err < 0 ? err : 0;
}

int guard_arrays_keep(struct guard *guard, unsigned int member)
{
	const struct guard_member *one = &guard->members[member];
	int err;

	err = program_arrays_keep(guard, &one->from, member, true);
	return err ? err : program_arrays_keep(guard, &one->to, member, false);
}

/* Slots that have been emptied since: the old program's tail calls would fall through there. */
void guard_arrays_missing(const struct guard *guard, unsigned int member, char *words, size_t size)
{
	unsigned int i, j;
	size_t used = 0;

	words[0] = 0;
	for (i = 0; i < guard->array_count; i++) {
		const struct guard_array *array = &guard->arrays[i];

		for (j = 0; array->member == member && j < array->filled; j++) {
			const struct guard_slot *slot = &array->slots[j];

			if (slot_read(array->fd, slot->index) || used >= size)
				continue;
			used += snprintf(words + used, size - used,
					 "; slot %u of its program array #%u, which held #%u, is empty",
					 slot->index, array->id, slot->prog_id);
		}
	}
}
