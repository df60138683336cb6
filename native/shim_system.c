/* SPDX-License-Identifier: Apache-2.0 */
/* What the first look asks the system besides: the least, so that nothing else has to be set up before it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "shim_java.h"

/* Of libbpf: its major version times 1000 and its minor one, or -errno with -ENOENT where it cannot be loaded. */
static int shim_libbpf_version(const char *soname)
{
	void *library = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
	unsigned int (*major)(void), (*minor)(void);

	if (!library)
		return -ENOENT;
	major = (unsigned int (*)(void))dlsym(library, "libbpf_major_version");
	minor = (unsigned int (*)(void))dlsym(library, "libbpf_minor_version");
	return major && minor ? (int)(major() * 1000 + minor()) : -ENOSYS;
}

/* All of a file: its bytes, or -errno; -ENOSPC asks for a larger buffer. */
static long shim_read_file(const char *path, char *buf, long cap)
{
	long length = 0, got;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while ((got = read(fd, buf + length, cap - length)) > 0 && (length += got) < cap)
		;
	got = got < 0 ? -errno : 0;
	close(fd);
	if (got)
		return got;
	return length < cap ? length : -ENOSPC;
}

/* CLOCK_BOOTTIME in nanoseconds. */
static long shim_boottime(void)
{
	struct timespec now;

	clock_gettime(CLOCK_BOOTTIME, &now);
	return now.tv_sec * 1000000000L + now.tv_nsec;
}

/* for Java */

JAVA_SIZEOF(SystemShim, shim_1sizeof_1utsname, struct utsname)

JAVA(jint, SystemShim, shim_1uname, jlong utsname)
{
	return uname((void *)utsname) ? -errno : 0;
}

JAVA(jlong, SystemShim, shim_1boottime)
{
	return shim_boottime();
}

JAVA(jint, SystemShim, shim_1libbpf_1version, jbyteArray soname)
{
	char *soname_bytes = shim_bytes(env, soname);
	jint value = shim_libbpf_version(soname_bytes);

	shim_drop_bytes(env, soname, soname_bytes);
	return value;
}

JAVA(jlong, SystemShim, shim_1read_1file, jbyteArray path, jlong buf, jlong cap)
{
	char *path_bytes = shim_bytes(env, path);
	jlong value = shim_read_file(path_bytes, (void *)buf, cap);

	shim_drop_bytes(env, path, path_bytes);
	return value;
}

/* The address of so much memory, with whatever was in it; 0 where there is none. */
JAVA(jlong, SystemShim, shim_1allocate, jlong size)
{
	return (jlong)malloc(size);
}

JAVA(void, SystemShim, shim_1free, jlong memory)
{
	free((void *)memory);
}

/* As Java sees memory; a new one each time. */
JAVA(jobject, SystemShim, shim_1buffer, jlong memory, jlong size)
{
	return (*env)->NewDirectByteBuffer(env, (void *)memory, size);
}
