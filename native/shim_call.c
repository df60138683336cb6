/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <linux/bpf.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "shim_java.h"

/* bpf(2), which no C library wraps: its value, or -errno. */
static int shim_bpf_call(int cmd, void *attr, unsigned int size)
{
	long value = syscall(__NR_bpf, cmd, attr, size);

	return value < 0 ? -errno : (int)value;
}

/* for Java */

JAVA(jint, CallShim, shim_1bpf_1call, jint cmd, jlong attr, jint size)
{
	return shim_bpf_call(cmd, (void *)attr, size);
}
