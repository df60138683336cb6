package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the kernel told of somebody who changed something, at the moment when it told. */
public sealed interface Clue {
    Instant at();

    /** Whether a thing has come, or come anew in the place of another, or has gone. */
    enum Deed {
        PUT,
        REMOVED
    }

    /**
     * Who sent a netlink request.
     *
     * @param port of the socket; 0 is the kernel itself
     * @param pid absent where no process could be found for the port
     * @param comm {@code port 4711} where no process could be found
     */
    record Sender(int port, OptionalInt pid, String comm) {
        public Sender {
            requireNonNull(pid, "pid");
            requireNonNull(comm, "comm");
        }
    }

    /**
     * A tc filter was put or removed: RTM_NEWTFILTER, RTM_DELTFILTER.
     *
     * @param netns inode; absent where the namespace is none that is known here
     * @param filter with the id of the program that it has, or had
     */
    record FilterChanged(Instant at, OptionalLong netns, TcFilter filter, Deed deed, Sender by) implements Clue {
        public FilterChanged {
            requireNonNull(at, "at");
            requireNonNull(netns, "netns");
            requireNonNull(filter, "filter");
            requireNonNull(deed, "deed");
            requireNonNull(by, "by");
        }
    }

    /**
     * A qdisc that holds filters was put or removed, and its filters with it, of which nothing is told.
     *
     * @param netns as above
     * @param kind such as {@code clsact}
     */
    record QdiscChanged(Instant at, OptionalLong netns, int ifindex, String kind, Deed deed, Sender by)
            implements Clue {
        public QdiscChanged {
            requireNonNull(at, "at");
            requireNonNull(netns, "netns");
            requireNonNull(kind, "kind");
            requireNonNull(deed, "deed");
            requireNonNull(by, "by");
        }
    }

    /**
     * Somebody called bpf(2) with success.
     *
     * @param pid absent where bpfbay is in a pid namespace of its own, in which that number means nothing
     */
    record BpfCalled(Instant at, BpfCommand command, OptionalInt pid, String comm) implements Clue {
        public BpfCalled {
            requireNonNull(at, "at");
            requireNonNull(command, "command");
            requireNonNull(pid, "pid");
            requireNonNull(comm, "comm");
        }
    }

    /** More was told than could be taken in: of what happened before it, some clues are missing. */
    record Lost(Instant at, Source source) implements Clue {
        public Lost {
            requireNonNull(at, "at");
            requireNonNull(source, "source");
        }
    }

    /** Where clues come from. */
    enum Source {
        NETLINK,
        BPF_CALLS
    }
}
