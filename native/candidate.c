// SPDX-License-Identifier: Apache-2.0
/*
 * Opens an object file with libbpf, in a process that may fall over it:
 *
 *   candidate contents FILE
 *   candidate load FILE PROGRAM TYPE EXPECTED[,EXPECTED] [MAP=ID]...
 *
 * PROGRAM may be empty where the file has one only; TYPE is for a program whose
 * section libbpf does not know; of the expected attach types the first that the
 * kernel takes is used. Maps with an id are shared with the living, all others
 * are new. It answers at descriptor 3, in messages of fields that each end with
 * a NUL:
 *
 *   program NAME SECTION TYPE
 *   map NAME TYPE KEY VALUE ENTRIES FLAGS INTERNAL
 *   loaded ID                  with the program's descriptor
 *   given NAME                 with a map's
 *   log                        with that of a file: the verifier's words
 *   failed STAGE ERRNO REASON WARNINGS
 *   end                        nothing follows
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "candidate.h"
#include "message.h"

#define TALK 3
#define EXPECTED_TYPES 8
/* older kernels take no larger one */
#define LOG_BYTES ((16 << 20) - 1)
#define FIELD_BYTES 4096
#define WARNING_BYTES 1024
#define MESSAGE_BYTES (64 << 10)
/* kernel/bpf/verifier: the reasons, and the costs of what was accepted */
#define LOG_REASONS 1
#define LOG_COSTS 4

struct wish {
	const char *path;
	const char *program;
	enum bpf_prog_type type;
	int expected[EXPECTED_TYPES];
	int expected_count;
	char **reuse;
	int reuse_count;
	char *log;
	int log_fd;
};

/* Which of the programs go to the kernel. */
enum extent {
	CHOSEN,
	ALL_OF_ITS_TYPE, /* as slots of its program arrays may name them */
};

static char warnings[16 << 10];

static int keep_warning(enum libbpf_print_level level, const char *format, va_list args)
{
	size_t used = strlen(warnings), half = sizeof(warnings) / 2;
	char line[WARNING_BYTES];

	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(line, sizeof(line), format, args);
	/* the last ones say most */
	if (used + strlen(line) >= sizeof(warnings)) {
		memmove(warnings, warnings + half, sizeof(warnings) - half);
		used = strlen(warnings);
	}
	strcpy(warnings + used, line);
	return 0;
}

/* Ends the process where nobody listens any more. */
static void say(int fd, const char *word, ...)
{
	static char message[MESSAGE_BYTES];
	size_t used = 0;
	va_list args;

	va_start(args, word);
	for (; word; word = va_arg(args, const char *)) {
		size_t length = strnlen(word, word == warnings ? sizeof(warnings) : FIELD_BYTES);

		memcpy(message + used, word, length);
		used += length;
		message[used++] = 0;
	}
	va_end(args);
	if (message_send(TALK, message, used, &fd, fd >= 0, 0))
		_exit(1);
}

static const char *number(char *space, unsigned int value)
{
	sprintf(space, "%u", value);
	return space;
}

static int failed(const char *stage, int err)
{
	char space[16];

	say(-1, "failed", stage, number(space, -err), calls.refusal, warnings, NULL);
	return err;
}

static int refuse(const char *stage, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(calls.refusal, sizeof(calls.refusal), format, args);
	va_end(args);
	return failed(stage, err);
}

/* A file of few bytes can ask for much. */
static void bound_resources(void)
{
	const struct rlimit memory = { 1UL << 30, 1UL << 30 }, seconds = { 30, 32 }, none = { 0, 0 };

	setrlimit(RLIMIT_AS, &memory);
	setrlimit(RLIMIT_CPU, &seconds);
	setrlimit(RLIMIT_CORE, &none);
}

static void tell_contents(const struct bpf_object *object)
{
	struct bpf_program *prog;
	struct bpf_map *map;
	char n[6][16];

	bpf_object__for_each_program(prog, object)
		say(-1, "program", bpf_program__name(prog), bpf_program__section_name(prog),
		    number(n[0], bpf_program__type(prog)), NULL);
	bpf_object__for_each_map(map, object)
		say(-1, "map", bpf_map__name(map), number(n[0], bpf_map__type(map)), number(n[1], bpf_map__key_size(map)),
		    number(n[2], bpf_map__value_size(map)), number(n[3], bpf_map__max_entries(map)),
		    number(n[4], bpf_map__map_flags(map)), number(n[5], bpf_map__is_internal(map)), NULL);
}

static struct bpf_object *open_object(const struct wish *wish)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts);

	return bpf_object__open_file(wish->path, &opts);
}

static struct bpf_program *find_chosen(const struct bpf_object *object, const char *name)
{
	struct bpf_program *first = bpf_object__next_program(object, NULL);

	if (*name)
		return bpf_object__find_program_by_name(object, name);
	return first && !bpf_object__next_program(object, first) ? first : NULL;
}

/* For reading alone: what is open so, the kernel lets nobody write to. */
static int open_live(__u32 id)
{
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.map_id = id;
	attr.open_flags = BPF_F_RDONLY;
	return bpf_directly(BPF_MAP_GET_FD_BY_ID, &attr, sizeof(attr));
}

static int differs(const char *name, const char *what, __u32 file, __u32 live, __u32 id)
{
	return refuse("reuse", -EINVAL, "map %s: %s is %u in the file and %u in map:%u", name, what, file, live, id);
}

/* libbpf would take over the live map's definition, whatever the program was built for. */
static int compare(const struct bpf_map *map, const struct bpf_map_info *live)
{
	const char *name = bpf_map__name(map);

	if (bpf_map__type(map) != live->type)
		return differs(name, "the type", bpf_map__type(map), live->type, live->id);
	if (bpf_map__key_size(map) != live->key_size)
		return differs(name, "the key's size", bpf_map__key_size(map), live->key_size, live->id);
	if (bpf_map__value_size(map) != live->value_size)
		return differs(name, "the value's size", bpf_map__value_size(map), live->value_size, live->id);
	if (bpf_map__max_entries(map) && bpf_map__max_entries(map) != live->max_entries)
		return differs(name, "the number of entries", bpf_map__max_entries(map), live->max_entries, live->id);
	if (bpf_map__map_flags(map) != live->map_flags)
		return differs(name, "the value of the flags", bpf_map__map_flags(map), live->map_flags, live->id);
	return 0;
}

static int reuse(struct bpf_object *object, const char *pair)
{
	const char *equals = strrchr(pair, '=');
	struct bpf_map_info info = { 0 };
	__u32 length = sizeof(info), id;
	char name[FIELD_BYTES];
	struct bpf_map *map;
	int fd, err;

	if (!equals || equals - pair >= (int)sizeof(name))
		return refuse("reuse", -EINVAL, "%s is no pair of a map and an id", pair);
	id = strtoul(equals + 1, NULL, 10);
	memcpy(name, pair, equals - pair);
	name[equals - pair] = 0;
	map = bpf_object__find_map_by_name(object, name);
	if (!map)
		return refuse("reuse", -ENOENT, "the file has no map %s", name);
	if (calls.live_count == CANDIDATE_LIVE_MAPS)
		return refuse("reuse", -E2BIG, "too many maps are to be shared");
	fd = open_live(id);
	if (fd < 0)
		return refuse("reuse", fd, "map:%u cannot be opened", id);
	err = bpf_obj_get_info_by_fd(fd, &info, &length);
	if (err)
		err = refuse("reuse", err, "map:%u tells nothing of itself", id);
	else
		err = compare(map, &info);
	if (!err) {
		err = bpf_map__reuse_fd(map, fd);
		if (err)
			failed("reuse", err);
		else
			calls.live[calls.live_count++] = bpf_map__fd(map);
	}
	close(fd);
	return err;
}

static void choose(struct bpf_object *object, struct bpf_program *chosen, const struct wish *wish, int expected,
		   enum extent extent, unsigned int log_level)
{
	struct bpf_program *prog;

	bpf_object__for_each_program(prog, object) {
		int among;

		/* a section that a newer libbpf knows, such as tcx/ingress */
		if (bpf_program__type(prog) == BPF_PROG_TYPE_UNSPEC)
			bpf_program__set_type(prog, wish->type);
		among = prog == chosen || (extent == ALL_OF_ITS_TYPE && bpf_program__type(prog) == wish->type);
		bpf_program__set_autoload(prog, among);
		if (!among)
			continue;
		if (expected >= 0)
			bpf_program__set_expected_attach_type(prog, expected);
		if (prog == chosen || log_level == LOG_REASONS) {
			bpf_program__set_log_level(prog, log_level);
			bpf_program__set_log_buf(prog, wish->log, LOG_BYTES);
		}
	}
}

/* One try at the kernel. The object is there for the first success alone. */
static int attempt(const struct wish *wish, int expected, enum extent extent, unsigned int log_level,
		   struct bpf_object **loaded)
{
	struct bpf_object *object;
	struct bpf_map *map;
	int err, i;

	memset(&calls, 0, sizeof(calls));
	warnings[0] = 0;
	wish->log[0] = 0;
	object = open_object(wish);
	if (!object)
		return -errno;
	/* pins by name are wishes about the living; and a second try at freed numbers is none */
	bpf_object__for_each_map(map, object)
		bpf_map__set_pin_path(map, NULL);
	choose(object, find_chosen(object, wish->program), wish, expected, extent, log_level);
	for (i = 0; i < wish->reuse_count; i++) {
		err = reuse(object, wish->reuse[i]);
		if (err) {
			say(-1, "end", NULL);
			_exit(0);
		}
	}
	err = bpf_object__load(object);
	if (!err && calls.slots_missing && extent == CHOSEN) {
		bpf_object__close(object);
		return attempt(wish, expected, ALL_OF_ITS_TYPE, log_level, loaded);
	}
	if (err)
		bpf_object__close(object);
	else
		*loaded = object;
	return err;
}

static void tell_log(const struct wish *wish)
{
	size_t length = strnlen(wish->log, LOG_BYTES);

	if (length && ftruncate(wish->log_fd, length) == 0)
		say(wish->log_fd, "log", NULL);
}

static int is_used(__u32 id, const __u32 *ids, __u32 count)
{
	while (count--) {
		if (ids[count] == id)
			return 1;
	}
	return 0;
}

/* Of the maps, those that the program holds. */
static int tell_loaded(const struct bpf_object *object, const struct wish *wish)
{
	int prog = bpf_program__fd(find_chosen(object, wish->program));
	struct bpf_prog_info info = { 0 };
	struct bpf_map *map;
	__u32 length = sizeof(info), ids[CANDIDATE_LIVE_MAPS];
	char space[16];
	int err;

	info.map_ids = (__u64)(unsigned long)ids;
	info.nr_map_ids = CANDIDATE_LIVE_MAPS;
	err = bpf_obj_get_info_by_fd(prog, &info, &length);
	if (err)
		return failed("load", err);
	bpf_object__for_each_map(map, object) {
		struct bpf_map_info of_map = { 0 };
		int fd = bpf_map__fd(map);

		length = sizeof(of_map);
		if (fd >= 0 && !bpf_obj_get_info_by_fd(fd, &of_map, &length) &&
		    is_used(of_map.id, ids, info.nr_map_ids))
			say(fd, "given", bpf_map__name(map), NULL);
	}
	say(prog, "loaded", number(space, info.id), NULL);
	return 0;
}

static int load(const struct wish *wish)
{
	struct bpf_object *object = NULL;
	int tries = wish->expected_count ? wish->expected_count : 1;
	int err = -EINVAL, reached, i;

	for (i = 0; i < tries && err == -EINVAL; i++)
		err = attempt(wish, wish->expected_count ? wish->expected[i] : -1, CHOSEN, LOG_COSTS, &object);
	reached = i;
	/* once more, for the verifier's reasons */
	for (i = 0; i < reached && err && !object; i++) {
		err = attempt(wish, wish->expected_count ? wish->expected[i] : -1, CHOSEN, LOG_REASONS, &object);
		if (err && wish->log[0])
			break;
	}
	tell_log(wish);
	return err ? failed("load", err) : tell_loaded(object, wish);
}

static int prepare_log(struct wish *wish)
{
	wish->log_fd = memfd_create("verifier-log", MFD_CLOEXEC);
	if (wish->log_fd < 0 || ftruncate(wish->log_fd, LOG_BYTES) < 0)
		return -errno;
	wish->log = mmap(NULL, LOG_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, wish->log_fd, 0);
	return wish->log == MAP_FAILED ? -errno : 0;
}

static int take_wish(struct wish *wish, int argc, char **argv)
{
	char *at;

	if (argc < 6)
		return -EINVAL;
	wish->program = argv[3];
	wish->type = atoi(argv[4]);
	for (at = strtok(argv[5], ","); at && wish->expected_count < EXPECTED_TYPES; at = strtok(NULL, ","))
		wish->expected[wish->expected_count++] = atoi(at);
	wish->reuse = argv + 6;
	wish->reuse_count = argc - 6;
	return prepare_log(wish);
}

/* The words of the answer say which it is; the caller has listed the programs already. */
static int check_choice(const struct bpf_object *object, const struct wish *wish)
{
	struct bpf_program *chosen = find_chosen(object, wish->program);
	enum bpf_prog_type type;

	if (!chosen)
		return failed("choose", -ENOENT);
	type = bpf_program__type(chosen);
	if (type != BPF_PROG_TYPE_UNSPEC && type != wish->type)
		return failed("fit", -EINVAL);
	return 0;
}

int main(int argc, char **argv)
{
	struct wish wish = { .program = "" };
	struct bpf_object *object;
	int err = 0;

	if (argc < 3)
		return 2;
	bound_resources();
	libbpf_set_print(keep_warning);
	wish.path = argv[2];
	if (!strcmp(argv[1], "load"))
		err = take_wish(&wish, argc, argv);
	if (err) {
		failed("prepare", err);
		goto out;
	}
	object = open_object(&wish);
	if (!object) {
		failed("open", -errno);
		goto out;
	}
	tell_contents(object);
	if (wish.log)
		err = check_choice(object, &wish);
	bpf_object__close(object);
	if (wish.log && !err)
		load(&wish);
out:
	say(-1, "end", NULL);
	return 0;
}
