/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The archive of Java's classes. Of its pages that may be written to three quarters
 * are at a start, and the rest is read: 1600 faults, each of which every processor
 * that the process runs on has to hear of. All at once they take a tenth of that,
 * and no more memory.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "shim_java.h"

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; an older one refuses it, and nothing is lost */
#endif

#define ARCHIVE "/bpfbay.jsa\n"

static int is_archive(const char *path)
{
	size_t length = strlen(path), end = strlen(ARCHIVE);

	return length > end && !strcmp(path + length - end, ARCHIVE);
}

static void shim_archive_touch(void)
{
	unsigned long from, to;
	char line[4096], mode[5];
	int path;
	FILE *maps;

	maps = fopen("/proc/self/maps", "re");
	if (!maps)
		return;
	while (fgets(line, sizeof(line), maps)) {
		if (sscanf(line, "%lx-%lx %4s %*s %*s %*s %n", &from, &to, mode, &path) == 3 && !strcmp(mode, "rw-p") &&
		    is_archive(line + path))
			madvise((void *)from, to - from, MADV_POPULATE_WRITE);
	}
	fclose(maps);
}

/* for Java */

JAVA_CLASS(void, shim_ClassArchive, shim_1archive_1touch)
{
	shim_archive_touch();
}
