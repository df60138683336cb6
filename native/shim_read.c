/* SPDX-License-Identifier: Apache-2.0 */
#include "shim.h"
#include "shim_bpf.h"
#include "shim_java.h"

/* Single objects named by id, opened and closed in one call. */

/* The raw BTF object. */
static long shim_btf_blob(__u32 id, char *buf, long cap)
{
	__u64 space[SHIM_INFO_SPACE / 8] = {};
	struct bpf_btf_info *info = (void *)space;
	int fd, err;

	fd = shim_fd_by_id(BPF_BTF_GET_FD_BY_ID, id, 0);
	if (fd < 0)
		return fd;
	info->btf = (__u64)(unsigned long)buf;
	info->btf_size = cap;
	err = shim_info(fd, info, sizeof(space));
	close(fd);
	if (err < 0)
		return err;
	/* the kernel fills what there is room for and says how much there is */
	return info->btf_size > cap ? -ENOSPC : (long)info->btf_size;
}

/* The value at index 0 of an array map whose values have size bytes. */
static long shim_map_first(__u32 id, void *value, long size)
{
	union bpf_attr attr;
	__u32 key = 0;
	int fd, err;

	fd = shim_fd_by_id(BPF_MAP_GET_FD_BY_ID, id, BPF_F_RDONLY);
	if (fd < 0)
		return fd;
	memset(&attr, 0, sizeof(attr));
	attr.map_fd = fd;
	attr.key = (__u64)(unsigned long)&key;
	attr.value = (__u64)(unsigned long)value;
	err = shim_bpf(BPF_MAP_LOOKUP_ELEM, &attr);
	close(fd);
	return err < 0 ? err : size;
}

/* for Java */

JAVA(jlong, ReadShim, shim_1btf_1blob, jint id, jlong buf, jlong cap)
{
	return shim_btf_blob(id, (void *)buf, cap);
}

JAVA(jlong, ReadShim, shim_1map_1first, jint id, jlong value, jlong size)
{
	return shim_map_first(id, (void *)value, size);
}
