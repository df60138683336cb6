// SPDX-License-Identifier: Apache-2.0
/* What a program has put into a ring buffer, for one reader. */
#include <errno.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shim.h"
#include "shim_java.h"

/* The caller keeps it. */
struct shim_ring {
	__u64 consumer; /* the reader's page: a position */
	__u64 producer; /* the writer's page: a position; the data lie behind it, twice in a row */
	__u64 size;
};
_Static_assert(sizeof(struct shim_ring) == 24, "ABI");

/* size is the map's max_entries. */
static int shim_ring_open(int map, __u64 size, struct shim_ring *ring)
{
	long page = sysconf(_SC_PAGESIZE);
	void *consumer, *producer;
	int err;

	consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, map, 0);
	if (consumer == MAP_FAILED)
		return -errno;
	producer = mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, map, page);
	if (producer == MAP_FAILED) {
		err = -errno;
		munmap(consumer, page);
		return err;
	}
	ring->consumer = (__u64)(unsigned long)consumer;
	ring->producer = (__u64)(unsigned long)producer;
	ring->size = size;
	return 0;
}

/* Moves as many whole records as fit into the buffer; returns their bytes. */
static long shim_ring_read(struct shim_ring *ring, char *buf, long capacity)
{
	unsigned long *consumer = (unsigned long *)(unsigned long)ring->consumer;
	unsigned long *producer = (unsigned long *)(unsigned long)ring->producer;
	const char *data = (const char *)producer + sysconf(_SC_PAGESIZE);
	unsigned long at = __atomic_load_n(consumer, __ATOMIC_ACQUIRE);
	unsigned long end = __atomic_load_n(producer, __ATOMIC_ACQUIRE);
	long used = 0;

	while (at < end) {
		const __u32 *header = (const __u32 *)(data + (at & (ring->size - 1)));
		__u32 word = __atomic_load_n(header, __ATOMIC_ACQUIRE);
		__u32 length = word & ~(BPF_RINGBUF_BUSY_BIT | BPF_RINGBUF_DISCARD_BIT);

		/* one that is still being written holds up those behind it */
		if (word & BPF_RINGBUF_BUSY_BIT)
			break;
		if (!(word & BPF_RINGBUF_DISCARD_BIT)) {
			if ((long)length > capacity - used)
				break;
			memcpy(buf + used, (const char *)header + BPF_RINGBUF_HDR_SZ, length);
			used += length;
		}
		at += SHIM_ALIGN(length + BPF_RINGBUF_HDR_SZ);
		__atomic_store_n(consumer, at, __ATOMIC_RELEASE);
	}
	return used;
}

static void shim_ring_close(struct shim_ring *ring)
{
	long page = sysconf(_SC_PAGESIZE);

	munmap((void *)(unsigned long)ring->consumer, page);
	munmap((void *)(unsigned long)ring->producer, page + 2 * ring->size);
}

/* for Java */

JAVA(jint, RingShim, shim_1ring_1open, jint map, jlong size, jlong ring)
{
	return shim_ring_open(map, size, (void *)ring);
}

JAVA(jlong, RingShim, shim_1ring_1read, jlong ring, jlong buf, jlong capacity)
{
	return shim_ring_read((void *)ring, (void *)buf, capacity);
}

JAVA(void, RingShim, shim_1ring_1close, jlong ring)
{
	shim_ring_close((void *)ring);
}
