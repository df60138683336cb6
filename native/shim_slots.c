/* SPDX-License-Identifier: Apache-2.0 */
#include "shim_bpf.h"
#include "shim_java.h"

/*
 * The programs that stand in a map's entries: in a program array each value is
 * one, a devmap's or cpumap's may name one, a socket map has a few for all of
 * its sockets. A program is written once for each entry that has it.
 */

struct out {
	__u32 *ids;
	__u64 room;
	__u64 count;
};

static int put(struct out *out, __u32 id)
{
	if (!id)
		return 0;
	/* neighbours often are the same: of a run of them one is enough */
	if (out->count && out->ids[out->count - 1] == id)
		return 0;
	if (out->count == out->room)
		return -ENOSPC;
	out->ids[out->count++] = id;
	return 0;
}

/* 0 where the entry is empty or has gone. */
static int look_up(int map, __u32 key, __u32 *value)
{
	union bpf_attr attr;
	int err;

	memset(&attr, 0, sizeof(attr));
	attr.map_fd = map;
	attr.key = (__u64)(unsigned long)&key;
	attr.value = (__u64)(unsigned long)value;
	err = shim_bpf(BPF_MAP_LOOKUP_ELEM, &attr);
	if (err == -ENOENT)
		value[0] = value[1] = 0;
	return err == -ENOENT ? 0 : err;
}

static int indexes(int map, __u32 entries, int word, struct out *out)
{
	__u32 value[2], key;
	int err = 0;

	for (key = 0; !err && key < entries; key++) {
		err = look_up(map, key, value);
		if (!err)
			err = put(out, value[word]);
	}
	return err;
}

static int keys(int map, __u32 entries, struct out *out)
{
	__u32 value[2], key = 0, i;
	union bpf_attr attr;
	int err = 0;

	/* A key that is deleted under the walk begins it anew: bounded. */
	for (i = 0; i < 2 * (__u64)entries; i++) {
		__u32 next;

		memset(&attr, 0, sizeof(attr));
		attr.map_fd = map;
		attr.key = i ? (__u64)(unsigned long)&key : 0;
		attr.next_key = (__u64)(unsigned long)&next;
		err = shim_bpf(BPF_MAP_GET_NEXT_KEY, &attr);
		if (err)
			break;
		key = next;
		err = look_up(map, key, value);
		if (!err)
			err = put(out, value[1]);
		if (err)
			break;
	}
	return err == -ENOENT ? 0 : err;
}

static int sockets(int map, struct out *out)
{
	static const __u32 types[] = {
		BPF_SK_SKB_STREAM_PARSER,
		BPF_SK_SKB_STREAM_VERDICT,
		BPF_SK_MSG_VERDICT,
		BPF_SK_SKB_VERDICT,
	};
	union bpf_attr attr;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < sizeof(types) / sizeof(*types); i++) {
		__u32 id = 0;

		memset(&attr, 0, sizeof(attr));
		attr.query.target_fd = map;
		attr.query.attach_type = types[i];
		attr.query.prog_ids = (__u64)(unsigned long)&id;
		attr.query.prog_cnt = 1;
		err = shim_bpf(BPF_PROG_QUERY, &attr);
		if (!err && attr.query.prog_cnt)
			err = put(out, id);
	}
	return err;
}

/* Returns the bytes written, ids of programs. */
static long shim_map_programs(__u32 id, __u32 type, __u32 entries, __u32 *ids, long capacity)
{
	struct out out = { .ids = ids, .room = capacity / sizeof(*ids) };
	int map, err;

	map = shim_fd_by_id(BPF_MAP_GET_FD_BY_ID, id, BPF_F_RDONLY);
	if (map < 0)
		return map;
	switch (type) {
	case BPF_MAP_TYPE_PROG_ARRAY:
		err = indexes(map, entries, 0, &out);
		break;
	case BPF_MAP_TYPE_DEVMAP:
	case BPF_MAP_TYPE_CPUMAP:
		err = indexes(map, entries, 1, &out);
		break;
	case BPF_MAP_TYPE_DEVMAP_HASH:
		err = keys(map, entries, &out);
		break;
	case BPF_MAP_TYPE_SOCKMAP:
	case BPF_MAP_TYPE_SOCKHASH:
		err = sockets(map, &out);
		break;
	default:
		err = -EINVAL;
	}
	close(map);
	return err < 0 ? err : (long)(out.count * sizeof(*ids));
}

/* for Java */

JAVA(jlong, SlotShim, shim_1map_1programs, jint id, jint type, jint entries, jlong ids, jlong capacity)
{
	return shim_map_programs(id, type, entries, (void *)ids, capacity);
}
