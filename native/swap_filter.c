// SPDX-License-Identifier: Apache-2.0
/*
 * cls_bpf. RTM_NEWTFILTER replaces a filter as a whole and compares nothing,
 * but the kernel tells every listener of RTNLGRP_TC about each change, in the
 * order of the changes and with the requester's port and number. Whoever listens
 * before looking knows exactly whose program was replaced, and can put it back.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "shim_bpf.h"
#include "swap_kinds.h"
#include "swap_rtnl.h"

#ifndef TCM_IFINDEX_MAGIC_BLOCK
#define TCM_IFINDEX_MAGIC_BLOCK (0xFFFFFFFFU)
#endif

#define LISTEN_BYTES (4 << 20)
/* How often our putting back may itself meet somebody else's change. */
#define RESTORES_MAX 64

/* What the kernel says of one filter: its header and attributes. */
struct filter {
	struct nlmsghdr head;
	char rest[RTNL_SPACE];
};

struct session {
	struct rtnl talk;
	struct rtnl listen;
	struct filter standing; /* before us, by the look or by the last notification */
	struct rtnl_message message;
	char heard[RTNL_SPACE] __attribute__((aligned(8)));
};

static const struct tcmsg *key_of(const struct filter *filter)
{
	return NLMSG_DATA(&filter->head);
}

static const struct nlattr *attribute(const struct filter *filter, int type)
{
	size_t head = NLMSG_LENGTH(NLMSG_ALIGN(sizeof(struct tcmsg)));

	if (filter->head.nlmsg_len < head)
		return NULL;
	return rtnl_find((const char *)filter + head, filter->head.nlmsg_len - head, type);
}

static __u32 program_of(const struct filter *filter)
{
	const struct nlattr *options = attribute(filter, TCA_OPTIONS);

	return options ? rtnl_u32(rtnl_find(rtnl_data(options), rtnl_size(options), TCA_BPF_ID)) : 0;
}

static struct tcmsg place_key(const struct swap_place *place)
{
	struct tcmsg key = {
		.tcm_family = AF_UNSPEC,
		.tcm_ifindex = place->block ? (int)TCM_IFINDEX_MAGIC_BLOCK : (int)place->ifindex,
		/* of a block the parent is its index */
		.tcm_parent = place->block ? place->block : place->parent,
		.tcm_handle = place->handle,
		.tcm_info = place->priority << 16 | htons(place->protocol),
	};

	return key;
}

static int is_of(const struct filter *filter, const struct swap_place *place)
{
	struct tcmsg want = place_key(place);
	const struct tcmsg *key = key_of(filter);

	return key->tcm_ifindex == want.tcm_ifindex && key->tcm_parent == want.tcm_parent &&
	       key->tcm_handle == want.tcm_handle && key->tcm_info == want.tcm_info &&
	       rtnl_u32(attribute(filter, TCA_CHAIN)) == place->chain;
}

static void begin(struct rtnl_message *message, int type, int flags, const struct swap_place *place)
{
	struct tcmsg key = place_key(place);

	rtnl_begin(message, type, flags, &key, sizeof(key));
	rtnl_put(message, TCA_KIND, "bpf", sizeof("bpf"));
	if (place->chain)
		rtnl_put_u32(message, TCA_CHAIN, place->chain);
}

static int look(struct session *session, const struct swap_place *place, struct swap_answer *answer)
{
	int err;

	memset(&session->standing.head, 0, sizeof(session->standing.head));
	begin(&session->message, RTM_GETTFILTER, 0, place);
	err = rtnl_ask(&session->talk, &session->message, &session->standing.head, answer);
	/* No such qdisc, block, or another kind of filter under that priority. */
	if (err == -EINVAL)
		return -ENOENT;
	if (!err && !is_of(&session->standing, place))
		return -ENOENT;
	return err;
}

/* All that the filter has, with another program: whatever is left out would be cleared. */
static void carry_over(struct rtnl_message *message, const struct filter *filter, int prog_fd)
{
	const struct nlattr *options = attribute(filter, TCA_OPTIONS), *here = NULL;
	size_t nest = rtnl_nest(message, TCA_OPTIONS);

	rtnl_put_u32(message, TCA_BPF_FD, prog_fd);
	while (options && (here = rtnl_next(rtnl_data(options), rtnl_size(options), here))) {
		switch (here->nla_type & NLA_TYPE_MASK) {
		case TCA_BPF_FD:
		case TCA_BPF_ID:
		case TCA_BPF_TAG:
		case TCA_BPF_OPS_LEN:
		case TCA_BPF_OPS:
			break;
		case TCA_BPF_FLAGS_GEN:
			/* It tells what became of it in the hardware, too. */
			rtnl_put_u32(message, TCA_BPF_FLAGS_GEN,
				     rtnl_u32(here) & (TCA_CLS_FLAGS_SKIP_HW | TCA_CLS_FLAGS_SKIP_SW));
			break;
		default:
			rtnl_put(message, here->nla_type, rtnl_data(here), rtnl_size(here));
		}
	}
	rtnl_unnest(message, nest);
}

static int put(struct session *session, const struct swap_place *place, const struct filter *like, int prog_fd,
	       struct swap_answer *answer)
{
	/* Without NLM_F_CREATE: a filter that has gone stays gone. */
	begin(&session->message, RTM_NEWTFILTER, NLM_F_REPLACE, place);
	carry_over(&session->message, like, prog_fd);
	return rtnl_ask(&session->talk, &session->message, NULL, answer);
}

/*
 * Reads what has been told since the last look. Up to our own request where
 * that is asked for: its notification stands in the queue once it is answered.
 * The last filter told of before it goes to standing. -ENOBUFS: some were lost.
 */
static int hear(struct session *session, const struct swap_place *place, __u32 own_seq)
{
	struct filter *told = (struct filter *)session->heard;

	for (;;) {
		ssize_t n = recv(session->listen.fd, session->heard, sizeof(session->heard), MSG_DONTWAIT | MSG_TRUNC);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno != EAGAIN ? -errno : own_seq ? -ENOBUFS : 0;
		if (n > (ssize_t)sizeof(session->heard) || told->head.nlmsg_len > n)
			return -ENOBUFS;
		if (told->head.nlmsg_type != RTM_NEWTFILTER || !is_of(told, place))
			continue;
		if (own_seq && told->head.nlmsg_pid == session->talk.port && told->head.nlmsg_seq == own_seq)
			return 0;
		memcpy(&session->standing, told, told->head.nlmsg_len);
	}
}

/*
 * Puts one program and tells whose it replaced: standing is then that filter.
 * -ENOBUFS: it is done, and whose it was is not known.
 */
static int exchange(struct session *session, const struct swap_place *place, const struct filter *like, int prog_fd,
		    struct swap_answer *answer)
{
	int err = put(session, place, like, prog_fd, answer);

	return err ? err : hear(session, place, session->talk.seq);
}

static int program_fd(__u32 id)
{
	return id ? shim_fd_by_id(BPF_PROG_GET_FD_BY_ID, id, 0) : -ENOENT;
}

/*
 * We overwrote somebody's program: theirs comes back, with all their filter
 * had. If ours is overwritten before that, the putting back has overwritten
 * a change that was made knowing ours: then that one is put back.
 */
static void restore(struct session *session, const struct swap_place *place, __u32 our_id, struct swap_answer *answer)
{
	struct filter *theirs = malloc(sizeof(*theirs));
	__u32 expected = our_id, id = program_of(&session->standing);
	int i, fd, err = -ENOMEM;

	for (i = 0; theirs && i < RESTORES_MAX; i++) {
		fd = program_fd(id);
		if (fd < 0) {
			err = fd;
			break;
		}
		memcpy(theirs, &session->standing, session->standing.head.nlmsg_len);
		err = exchange(session, place, theirs, fd, NULL);
		close(fd);
		if (err || program_of(&session->standing) == expected)
			break;
		expected = id;
		id = program_of(&session->standing);
	}
	free(theirs);
	answer->restored = err ? 2 : 1;
	if (err)
		swap_say(answer, "prog:%u stood there and could not be put back: %s", id, strerror(-err));
	else
		swap_say(answer, "prog:%u stood there, and stands there again", id);
}

static int join(struct session *session, int netns_fd)
{
	int size = LISTEN_BYTES, group = RTNLGRP_TC, err;

	session->talk.fd = session->listen.fd = -1;
	err = rtnl_open(&session->talk, netns_fd);
	if (!err)
		err = rtnl_open(&session->listen, netns_fd);
	if (err)
		return err;
	/* Without the privilege for it the usual size has to do. */
	setsockopt(session->listen.fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	if (setsockopt(session->listen.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)))
		return -errno;
	return 0;
}

static void leave(struct session *session)
{
	rtnl_close(&session->talk);
	rtnl_close(&session->listen);
	free(session);
}

static int swap_in(struct session *session, const struct swap_request *request, __u32 expected, __u32 other)
{
	struct swap_answer *answer = request->answer;
	struct filter *like;
	int err;

	err = look(session, request->place, answer);
	if (!err)
		err = hear(session, request->place, 0);
	if (err)
		return err;
	if (program_of(&session->standing) != expected)
		return -ESTALE;
	like = malloc(sizeof(*like));
	if (!like)
		return -ENOMEM;
	memcpy(like, &session->standing, session->standing.head.nlmsg_len);
	err = exchange(session, request->place, like, request->other_fd, answer);
	free(like);
	if (err == -ENOBUFS) {
		swap_say(answer, "notifications were lost: whether another change was overwritten is not known");
		return 0;
	}
	if (err)
		return err;
	answer->replaced_id = program_of(&session->standing);
	if (answer->replaced_id == expected)
		return 0;
	restore(session, request->place, other, answer);
	return -ESTALE;
}

int swap_filter_replace(const struct swap_request *request)
{
	struct session *session;
	__u32 expected, other;
	int err;

	err = swap_id_of(request->expected_fd, &expected);
	if (!err)
		err = swap_id_of(request->other_fd, &other);
	if (err)
		return err;
	session = malloc(sizeof(*session));
	if (!session)
		return -ENOMEM;
	err = join(session, request->place->netns_fd);
	if (!err)
		err = swap_in(session, request, expected, other);
	leave(session);
	return err;
}

int swap_filter_read(const struct swap_place *place, __u32 prog_id, struct swap_standing *standing)
{
	struct session *session = malloc(sizeof(*session));
	int err;

	if (!session)
		return -ENOMEM;
	session->listen.fd = -1;
	err = rtnl_open(&session->talk, place->netns_fd);
	if (!err)
		err = look(session, place, NULL);
	if (!err) {
		standing->prog_id = program_of(&session->standing);
		standing->position = standing->prog_id == prog_id;
	}
	leave(session);
	return err;
}
