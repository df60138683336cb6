package bpfbay.history;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Owner;
import bpfbay.model.Program;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One thing that happened on the host, as the timeline tells it and {@code watch} prints it.
 *
 * @param at of the first picture that shows it, or of the kernel's own word where it told the moment
 * @param before absent where there was nothing
 * @param after absent where there is nothing any more
 * @param by absent where nobody can know
 */
public record Occurrence(
        Instant at, Kind kind, Subject subject, Optional<State> before, Optional<State> after, Optional<Author> by) {
    public Occurrence {
        requireNonNull(at, "at");
        requireNonNull(kind, "kind");
        requireNonNull(subject, "subject");
        requireNonNull(before, "before");
        requireNonNull(after, "after");
        requireNonNull(by, "by");
    }

    /** What happened, in the contract's words. */
    public enum Kind {
        ATTACHED,
        DETACHED,
        /** Another program at the same place. */
        REPLACED,
        /** The same programs of a chain in another order. */
        REORDERED,
        LOADED,
        UNLOADED,
        PINNED,
        UNPINNED,
        /** With its device into another network namespace, or to another number there. */
        MOVED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What it happened to. */
    public sealed interface Subject {
        /** Of the row that is marked for it. */
        Identity identity();

        /**
         * An attachment; where it is gone, the ref is the last one that named it. Of a chain in another order
         * it is the first one.
         */
        record Place(String ref, Identity identity) implements Subject {}

        /** A loaded program. */
        record Loaded(int progId, Identity identity) implements Subject {}

        /** A file of a bpffs. */
        record Pinned(String path, Identity identity) implements Subject {}
    }

    /**
     * What stood there.
     *
     * @param progId absent for a classic BPF filter, and for a pin of a link or a map
     * @param progName empty for an unnamed program and where there is none
     * @param ref of the attachment at that time; absent for programs and pins
     * @param chain program ids in running order, where the order is what changed; else empty
     * @param program as it was loaded; absent where it was not listed
     * @param owners of an attachment at that time, closest first
     * @param netnsCookie of an attachment's namespace, which tells it from a later one of the same inode
     */
    public record State(
            OptionalInt progId,
            String progName,
            String tag,
            OptionalInt linkId,
            Optional<String> ref,
            List<Integer> chain,
            Optional<Program> program,
            List<Owner> owners,
            OptionalLong netnsCookie) {
        public State {
            requireNonNull(progId, "progId");
            requireNonNull(progName, "progName");
            requireNonNull(tag, "tag");
            requireNonNull(linkId, "linkId");
            requireNonNull(ref, "ref");
            chain = List.copyOf(chain);
            requireNonNull(program, "program");
            owners = List.copyOf(owners);
            requireNonNull(netnsCookie, "netnsCookie");
        }

        public State(
                OptionalInt progId,
                String progName,
                String tag,
                OptionalInt linkId,
                Optional<String> ref,
                List<Integer> chain) {
            this(progId, progName, tag, linkId, ref, chain, Optional.empty(), List.of(), OptionalLong.empty());
        }
    }

    /**
     * Who did it.
     *
     * @param pid absent where only the port of a netlink socket is known
     * @param comm at most 15 bytes, any byte; {@code port 4711} where no process could be found for a port
     * @param how it is known
     */
    public record Author(OptionalInt pid, String comm, Source how) {
        public Author {
            requireNonNull(pid, "pid");
            requireNonNull(comm, "comm");
            requireNonNull(how, "how");
        }

        /** Where the name comes from, the surest first. */
        public enum Source {
            /** A swap of bpfbay's own, by its journal. */
            JOURNAL,
            /** The caller of bpf(2), seen by a tracepoint. */
            BPF_CALL,
            /** The sender that a netlink notification names. */
            NETLINK_PORT,
            /** A process that holds the new link or program by a descriptor. */
            HOLDER
        }
    }
}
