/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages between bpfbay and its child processes, with descriptors, over
 * AF_UNIX sockets that keep them apart. Flags are those of sendmsg and recvmsg.
 */
#ifndef BPFBAY_MESSAGE_H
#define BPFBAY_MESSAGE_H

#include <stddef.h>
#include <sys/types.h>

/* One message carries no more descriptors; the kernel allows 253. */
#define MESSAGE_FDS 128

/* 0 or -errno. */
int message_send(int fd, const void *bytes, size_t length, const int *fds, unsigned int count, int flags);

/*
 * The bytes of the next message, with its descriptors; 0 when the other side has
 * ended; -EMSGSIZE where it does not fit (then it is lost), or -errno. Without a
 * place for descriptors none is taken, and a message that has some does not fit.
 */
ssize_t message_receive(int fd, void *bytes, size_t size, int *fds, unsigned int *count, int flags);

#endif
