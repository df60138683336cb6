package bpfbay.kernel.libbpf;

import bpfbay.model.Clue;
import bpfbay.model.NetNamespace;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * Who changes tc filters, here and in namespaces with an id. A thread of its own waits for notifications, since
 * their senders may end at once; all else happens on the thread that asks.
 */
final class SenderSource implements AutoCloseable {
    private static final int MOST_WAITING = 1 << 13;
    private static final int CLOEXEC = 0x80000;
    private static final int LONGEST_MEMORY = 100;

    private final NativeBuffer buffer = new NativeBuffer(1 << 18);
    private final NativeBuffer lastSender = zeroes();
    private final Object lock = new Object();
    private List<Notice> waiting = new ArrayList<>();
    private Optional<Listening> listening = Optional.empty();
    private List<NetNamespace> namespaces = List.of();
    private final Map<Integer, OptionalLong> netnsById = new HashMap<>();
    private final Map<Integer, Clue.Sender> senders = new HashMap<>();
    private int taken;

    private record Listening(int socket, int wake, Thread thread) {}

    /** What was told since the last call; it listens from the first one on, where it may. */
    List<Clue> take(List<NetNamespace> known) {
        if (listening.isEmpty()) {
            listen();
            return List.of();
        }
        List<Notice> told;
        synchronized (lock) {
            if (waiting.isEmpty()) {
                return List.of();
            }
            told = waiting;
            waiting = new ArrayList<>();
        }
        forget(known);
        return told.stream().map(this::clue).toList();
    }

    private void listen() {
        int socket = SenderShim.shim_notices_open();
        if (socket < 0) {
            return;
        }
        int wake = ChangeLibc.eventfd(0, CLOEXEC);
        CountDownLatch ready = new CountDownLatch(1);
        Thread thread = new Thread(() -> hear(socket, wake, ready), "bpfbay-senders");
        thread.setDaemon(true);
        thread.start();
        await(ready);
        listening = Optional.of(new Listening(socket, wake, thread));
    }

    private static NativeBuffer zeroes() {
        NativeBuffer zeroes = new NativeBuffer(Notice.BYTES);
        zeroes.view().put(0, new byte[Notice.BYTES]);
        return zeroes;
    }

    private void hear(int socket, int wake, CountDownLatch ready) {
        long length;
        ready.countDown();
        while ((length = SenderShim.shim_notices_wait(
                        socket, wake, lastSender.address(), buffer.address(), buffer.capacity()))
                > 0) {
            ByteBuffer bytes = buffer.slice((int) length);
            List<Notice> notices = Notice.decode(bytes, Instant.now());
            synchronized (lock) {
                for (Notice notice : notices) {
                    if (waiting.size() < MOST_WAITING) {
                        waiting.add(notice);
                    } else if (waiting.size() == MOST_WAITING) {
                        waiting.add(new Notice(notice.at(), Notice.HERE, 0, 0, "", Optional.empty()));
                    }
                }
            }
        }
    }

    /* the first sender may end while a new thread is still on its way */
    private static void await(CountDownLatch ready) {
        try {
            ready.await();
        } catch (InterruptedException wished) {
            Thread.currentThread().interrupt();
        }
    }

    /* ids and ports are given to others in time */
    private void forget(List<NetNamespace> known) {
        if (!known.equals(namespaces)) {
            namespaces = known;
            netnsById.clear();
        }
        if (++taken % LONGEST_MEMORY == 0) {
            senders.clear();
        }
    }

    private Clue clue(Notice notice) {
        if (notice.what().isEmpty()) {
            return new Clue.Lost(notice.at(), Clue.Source.NETLINK);
        }
        Notice.What what = notice.what().get();
        OptionalLong netns = netnsById.computeIfAbsent(notice.nsid(), this::netns);
        Clue.Sender by = sender(notice);
        return what.filter()
                .<Clue>map(filter -> new Clue.FilterChanged(notice.at(), netns, filter, what.deed(), by))
                .orElseGet(
                        () -> new Clue.QdiscChanged(notice.at(), netns, what.ifindex(), what.qdisc(), what.deed(), by));
    }

    private OptionalLong netns(int nsid) {
        return namespaces.stream()
                .filter(namespace -> nsid == Notice.HERE
                        ? namespace.scope() == NetNamespace.Scope.OWN
                        : nsid == SenderShim.shim_netns_id(RawPath.encode(namespace.path())))
                .mapToLong(NetNamespace::inode)
                .findFirst();
    }

    private Clue.Sender sender(Notice notice) {
        if (notice.port() == 0) {
            return new Clue.Sender(0, OptionalInt.empty(), "kernel");
        } else if (notice.pid() != 0) {
            return new Clue.Sender(notice.port(), OptionalInt.of(notice.pid()), notice.comm());
        } else if (notice.nsid() != Notice.HERE) {
            return unknown(notice.port());
        }
        return senders.computeIfAbsent(notice.port(), SenderSource::search);
    }

    /* every process is looked at, which takes a while: a port that is no pid belongs to one that lives on */
    private static Clue.Sender search(int port) {
        byte[] comm = new byte[16];
        int pid = SenderShim.shim_socket_owner(port, comm);
        return pid > 0 ? new Clue.Sender(port, OptionalInt.of(pid), RawText.decodeCString(comm)) : unknown(port);
    }

    private static Clue.Sender unknown(int port) {
        return new Clue.Sender(port, OptionalInt.empty(), "port " + Integer.toUnsignedString(port));
    }

    @Override
    public void close() {
        listening.ifPresent(open -> {
            ChangeLibc.write(open.wake(), new long[] {1}, Long.BYTES);
            join(open.thread());
            Libc.close(open.socket());
            Libc.close(open.wake());
        });
        listening = Optional.empty();
    }

    /* it goes through interruptions: the thread writes into this object's buffer */
    private static void join(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException again) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
