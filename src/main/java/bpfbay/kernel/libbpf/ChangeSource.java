package bpfbay.kernel.libbpf;

import bpfbay.kernel.Kernel.Change;
import com.sun.jna.Native;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Tells of changes where the kernel does: route netlink of the own namespace and of those it has an id
 * for, and inotify on directories of bpffs. Much comes without a word, so this only shortens a sleep.
 * Nothing is opened before the first wait.
 */
final class ChangeSource implements AutoCloseable {
    /* a burst is one change: until it is quiet, but not for ever */
    private static final int QUIET_MS = 10;
    private static final Duration BURST = Duration.ofMillis(50);

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final int NETLINK_ROUTE = 0;
    /* RTNLGRP_LINK and RTNLGRP_TC as bits */
    private static final int GROUPS = 1 | 1 << 3;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_LISTEN_ALL_NSID = 8;
    private static final int POLLFD_BYTES = 8;
    private static final int POLLIN = 1;
    private static final int ENOBUFS = 105;

    private final NativeBuffer pollfds = new NativeBuffer(3 * POLLFD_BYTES);
    private final NativeBuffer data = new NativeBuffer(65536);
    private final PinWatches watches = new PinWatches();
    private Optional<Sources> sources = Optional.empty();

    /** Descriptors, of which none blocks. */
    private record Sources(int netlink, int inotify, int wake) {}

    /** Watches these directories, and no others any more. */
    void watch(Collection<String> directories) {
        watches.want(directories);
        sources.ifPresent(open -> watches.apply(open.inotify));
    }

    /** Empty when nothing was told in time, or when the thread is interrupted, which it stays. */
    Set<Change> await(Duration atMost) {
        Sources open = sources.orElseGet(this::open);
        Set<Change> changes = EnumSet.noneOf(Change.class);
        WakefulSleep sleep = new WakefulSleep(open.wake);
        if (sleep.poll(pollfds, millis(atMost)) > 0) {
            drain(open, changes);
        }
        long end = System.nanoTime() + BURST.toNanos();
        while (!changes.isEmpty() && System.nanoTime() - end < 0 && sleep.poll(pollfds, QUIET_MS) > 0) {
            drain(open, changes);
        }
        return changes;
    }

    @Override
    public void close() {
        sources.ifPresent(open -> {
            Libc.close(open.netlink);
            Libc.close(open.inotify);
            Libc.close(open.wake);
        });
        sources = Optional.empty();
        watches.forget();
    }

    /* a descriptor that could not be opened is -1, which poll(2) passes over */
    private Sources open() {
        int netlink = ChangeLibc.socket(AF_NETLINK, SOCK_RAW | CLOEXEC_NONBLOCK, NETLINK_ROUTE);
        ChangeLibc.bind(netlink, new int[] {AF_NETLINK, 0, GROUPS}, 3 * Integer.BYTES);
        /* without CAP_NET_BROADCAST only the own namespace tells */
        ChangeLibc.setsockopt(netlink, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, new int[] {1}, Integer.BYTES);
        Sources open = new Sources(
                netlink, ChangeLibc.inotify_init1(CLOEXEC_NONBLOCK), ChangeLibc.eventfd(0, CLOEXEC_NONBLOCK));
        pollfd(0, open.netlink);
        pollfd(1, open.inotify);
        pollfd(2, open.wake);
        watches.apply(open.inotify);
        sources = Optional.of(open);
        return open;
    }

    private void pollfd(int index, int fd) {
        pollfds.view().putInt(index * POLLFD_BYTES, fd).putInt(index * POLLFD_BYTES + 4, POLLIN);
    }

    private void drain(Sources open, Set<Change> changes) {
        while (hasRead(open.netlink)) {
            changes.add(Change.NETWORK);
        }
        long n;
        while ((n = Libc.read(open.inotify, data.address(), data.capacity())) > 0) {
            if (watches.tells(data.slice((int) n))) {
                changes.add(Change.PINS);
            }
        }
        Libc.read(open.wake, data.address(), Long.BYTES);
    }

    /* ENOBUFS: more was told than the socket could hold */
    private boolean hasRead(int netlink) {
        long n = Libc.read(netlink, data.address(), data.capacity());
        int errno = Native.getLastError();
        return n > 0 || (n < 0 && errno == ENOBUFS);
    }

    private static int millis(Duration duration) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, duration.toMillis()));
    }
}
