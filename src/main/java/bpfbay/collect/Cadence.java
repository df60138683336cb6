package bpfbay.collect;

import bpfbay.kernel.Kernel;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import java.util.EnumSet;
import java.util.Set;

/*
 * Which questions a poll asks. Programs, links, maps and namespaces are asked every time: with the
 * iterators they cost less than a millisecond for thousands. The rest is asked when something tells of a
 * change, and every tenth time for what tells nobody:
 *   devices, filters, tcx   rtnetlink tells of filters, and of XDP by netlink while the device is up; a
 *                           link or a reference count tells of the rest
 *   cgroups                 a link or a reference count
 *   pins                    inotify
 *   map entries             a reference count: each entry holds its program
 *   holders                 nothing tells: every second poll by the iterator, every tenth by /proc, which
 *                           costs eighteen times as much
 */
/** Which of the dearer questions are due at one poll. */
enum Cadence {
    NETWORK,
    CGROUPS,
    PINS,
    HOLDINGS,
    SLOTS;

    private static final int FULL_ROUND = 10;

    private static final int HOLDERS_BY_ITERATOR = 2;

    /**
     * @param poll counts from 0, which asks everything
     * @param told what the kernel's events may have changed
     * @param objects whether programs, links, maps or namespaces differ from the last poll
     */
    static Set<Cadence> due(
            long poll, Set<Kernel.Change> told, Difference objects, Reading<Relations.Scan> holderScan) {
        if (poll % FULL_ROUND == 0) {
            return EnumSet.allOf(Cadence.class);
        }
        Set<Cadence> due = EnumSet.noneOf(Cadence.class);
        if (objects == Difference.SOME) {
            due.addAll(EnumSet.allOf(Cadence.class));
        }
        if (told.contains(Kernel.Change.NETWORK)) {
            due.add(NETWORK);
        }
        if (told.contains(Kernel.Change.PINS)) {
            due.add(PINS);
        }
        boolean byIterator = holderScan
                .found()
                .filter(Relations.Scan.TASK_FILE_ITERATOR::equals)
                .isPresent();
        if (byIterator && poll % HOLDERS_BY_ITERATOR == 0) {
            due.add(HOLDINGS);
        }
        return due;
    }

    /** Whether two answers are the same. */
    enum Difference {
        NONE,
        SOME
    }
}
