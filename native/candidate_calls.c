// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "candidate.h"

struct calls calls;

static long plain_syscall(long number, const long *args)
{
#if defined(__x86_64__)
	register long a3 asm("r10") = args[3];
	register long a4 asm("r8") = args[4];
	register long a5 asm("r9") = args[5];
	long value;

	asm volatile("syscall"
		     : "=a"(value)
		     : "a"(number), "D"(args[0]), "S"(args[1]), "d"(args[2]), "r"(a3), "r"(a4), "r"(a5)
		     : "rcx", "r11", "memory");
	return value;
#elif defined(__aarch64__)
	register long a0 asm("x0") = args[0];
	register long a1 asm("x1") = args[1];
	register long a2 asm("x2") = args[2];
	register long a3 asm("x3") = args[3];
	register long a4 asm("x4") = args[4];
	register long a5 asm("x5") = args[5];
	register long nr asm("x8") = number;

	asm volatile("svc 0"
		     : "+r"(a0)
		     : "r"(nr), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
		     : "memory");
	return a0;
#else
#error "no system call is written for this machine"
#endif
}

int bpf_directly(int cmd, void *attr, unsigned int size)
{
	const long args[6] = { cmd, (long)attr, size };

	return plain_syscall(__NR_bpf, args);
}

static int is_live(int fd)
{
	int i;

	for (i = 0; i < calls.live_count; i++) {
		if (calls.live[i] == fd)
			return 1;
	}
	return 0;
}

static int is_program_array(int fd)
{
	struct bpf_map_info info = { 0 };
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = (__u64)(unsigned long)&info;
	return bpf_directly(BPF_OBJ_GET_INFO_BY_FD, &attr, sizeof(attr)) == 0 && info.type == BPF_MAP_TYPE_PROG_ARRAY;
}

static int update(union bpf_attr *attr, unsigned int size)
{
	if (is_live(attr->map_fd))
		return 0;
	if (is_program_array(attr->map_fd) && *(int *)(unsigned long)attr->value < 0) {
		calls.slots_missing = 1;
		return 0;
	}
	return bpf_directly(BPF_MAP_UPDATE_ELEM, attr, size);
}

/* What the kernel takes of memory at once; 0 where it takes it as entries come. */
static __u64 bytes_at_once(const union bpf_attr *attr)
{
	__u64 entry = ((attr->key_size + 7ULL) & ~7ULL) + ((attr->value_size + 7ULL) & ~7ULL);
	int cpus = 1;

	switch (attr->map_type) {
	case BPF_MAP_TYPE_RINGBUF:
	case BPF_MAP_TYPE_USER_RINGBUF:
		return attr->max_entries;
	case BPF_MAP_TYPE_LPM_TRIE:
		return 0;
	case BPF_MAP_TYPE_PERCPU_ARRAY:
	case BPF_MAP_TYPE_PERCPU_HASH:
	case BPF_MAP_TYPE_LRU_PERCPU_HASH:
	case BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE:
		cpus = libbpf_num_possible_cpus();
		break;
	}
	if (attr->map_flags & BPF_F_NO_PREALLOC)
		return 0;
	/* the kernel caps neither factor below 32 bits: divide instead of overflowing */
	if (cpus > 0 && entry > ~0ULL / cpus / ((__u64)attr->max_entries + 1))
		return ~0ULL >> 1;
	return entry * attr->max_entries * (cpus > 0 ? cpus : 1);
}

static __u64 available_bytes(void)
{
	char line[128];
	unsigned long long kib, found = 0;
	FILE *file = fopen("/proc/meminfo", "re");

	if (!file)
		return ~0ULL;
	while (!found && fgets(line, sizeof(line), file)) {
		if (sscanf(line, "MemAvailable: %llu kB", &kib) == 1)
			found = kib * 1024;
	}
	fclose(file);
	return found ? found : ~0ULL;
}

/* The machine that carries the traffic must not be out of memory for a plan. */
static int create(union bpf_attr *attr, unsigned int size)
{
	__u64 bytes = bytes_at_once(attr), most;
	int fd;

	if (bytes > 16 << 20) {
		most = available_bytes() / 2;
		if (bytes > most || calls.map_bytes > most - bytes) {
			snprintf(calls.refusal, sizeof(calls.refusal),
				 "map %.16s takes %llu MiB, more than half of the memory that is free", attr->map_name,
				 (unsigned long long)bytes >> 20);
			return -ENOMEM;
		}
	}
	fd = bpf_directly(BPF_MAP_CREATE, attr, size);
	if (fd >= 0)
		calls.map_bytes += bytes;
	return fd;
}

static int ruled(int cmd, union bpf_attr *attr, unsigned int size)
{
	switch (cmd) {
	case BPF_MAP_CREATE:
		return create(attr, size);
	case BPF_MAP_UPDATE_ELEM:
		return update(attr, size);
	case BPF_MAP_FREEZE:
		return is_live(attr->map_fd) ? 0 : bpf_directly(cmd, attr, size);
	case BPF_PROG_LOAD:
	case BPF_BTF_LOAD:
	case BPF_PROG_BIND_MAP:
	case BPF_OBJ_GET_INFO_BY_FD:
	case BPF_BTF_GET_NEXT_ID:
	case BPF_BTF_GET_FD_BY_ID:
	case BPF_MAP_LOOKUP_ELEM:
		return bpf_directly(cmd, attr, size);
	default:
		return -EPERM;
	}
}

/* Takes the place of the C library's, through which libbpf calls bpf(2). */
__attribute__((visibility("default"))) long syscall(long number, ...)
{
	long args[6], value;
	va_list list;
	int i;

	va_start(list, number);
	for (i = 0; i < 6; i++)
		args[i] = va_arg(list, long);
	va_end(list);
	value = number == __NR_bpf ? ruled(args[0], (union bpf_attr *)args[1], args[2])
				   : plain_syscall(number, args);
	if (value >= 0 || value < -4095)
		return value;
	errno = -value;
	return -1;
}
