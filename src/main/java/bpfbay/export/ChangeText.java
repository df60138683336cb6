package bpfbay.export;

import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Utc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happened, in a line for people. Names are exact: whoever draws them escapes them. */
public final class ChangeText {
    private static final int KIND = 9;
    private static final int SUBJECT = 24;

    private ChangeText() {}

    /** {@code 2026-11-21T22:51:07Z  replaced   eth0/xdp   xdp_fw #3815 → #4027  by xdpd 812}. */
    public static String line(Occurrence occurrence) {
        return Utc.second(occurrence.at()) + "  "
                + Columns.pad(occurrence.kind().label(), KIND) + "  "
                + Columns.pad(subject(occurrence), SUBJECT) + "  " + what(occurrence)
                + occurrence.by().map(by -> "  by " + by(by)).orElse("");
    }

    /** The ref, {@code prog:4027}, or the path. */
    public static String subject(Occurrence occurrence) {
        if (occurrence.subject() instanceof Occurrence.Subject.Place place) {
            return place.ref();
        } else if (occurrence.subject() instanceof Occurrence.Subject.Loaded loaded) {
            return "prog:" + Words.u32(loaded.progId());
        }
        return ((Occurrence.Subject.Pinned) occurrence.subject()).path();
    }

    /** From what to what. */
    public static String what(Occurrence occurrence) {
        Optional<State> before = occurrence.before();
        Optional<State> after = occurrence.after();
        if (occurrence.kind() == Occurrence.Kind.REORDERED && before.isPresent() && after.isPresent()) {
            return chain(before.get().chain()) + " → " + chain(after.get().chain());
        } else if (occurrence.kind() == Occurrence.Kind.MOVED && before.isPresent() && after.isPresent()) {
            return state(after.get()) + " from " + before.get().ref().orElse("elsewhere");
        } else if (before.isPresent() && after.isPresent()) {
            return change(before.get(), after.get());
        }
        return after.or(() -> before).map(ChangeText::state).orElse("");
    }

    /** {@code xdpd 812}; the process alone where no program is known. */
    public static String by(Occurrence.Author by) {
        return by.pid().isPresent() ? by.comm() + " " + Words.u32(by.pid()) : by.comm();
    }

    /** How it is known who did it, in a clause. */
    public static String known(Occurrence.Author.Source how) {
        return switch (how) {
            case JOURNAL -> "by the journal of swaps";
            case BPF_CALL -> "seen calling bpf(2)";
            case NETLINK_PORT -> "named by the kernel's tc notification";
            case HOLDER -> "holds what came; others may have put it there";
        };
    }

    private static String change(State before, State after) {
        if (before.progId().equals(after.progId())) {
            return state(after) + link(" was ", before) + link(" now ", after);
        }
        boolean isNamesake = before.progName().equals(after.progName());
        return state(before) + " → " + (isNamesake ? id(after) : state(after));
    }

    private static String link(String word, State state) {
        return word + (state.linkId().isPresent() ? "link " + Words.u32(state.linkId()) : "without link");
    }

    private static String chain(List<Integer> ids) {
        return ids.stream().map(id -> "#" + Words.u32(id)).collect(Collectors.joining(" "));
    }

    private static String state(State state) {
        String name = state.progName().isEmpty() ? "" : state.progName() + " ";
        return state.progId().isPresent()
                ? name + id(state)
                : state.linkId().isPresent() ? name + "link " + Words.u32(state.linkId()) : name.strip();
    }

    private static String id(State state) {
        return "#" + Words.u32(state.progId());
    }
}
