package bpfbay.lab;

import java.util.Arrays;
import java.util.Optional;

/** What has happened to real teams and can be staged in a lab. */
public enum Incident {
    SUPERSEDED("a new program is loaded and pinned, and the old one stays attached"),
    OVERWRITTEN("two agents use one priority and handle, and one replaces the other's filter"),
    DUPLICATE("after a restart the old program stays beside the new one in a tcx chain"),
    SHADOWED("a newer filter in front lets packets pass itself, so that the one behind never runs"),
    DISPATCHER("a dispatcher was replaced and its component still extends the old one"),
    MOVED("a device went to another network namespace, with its program"),
    REORDERED("a cgroup's program was taken off and attached again, and runs last now"),
    MAPS("the new program's maps are not the old one's: same name, fresh and empty"),
    DIES("a process held a link, and the program went with it"),
    SKEW("a rollout stopped half way: one of three interfaces runs the old build"),
    CUT("a new program is fine for the verifier and drops everything");

    private final String title;

    Incident(String title) {
        this.title = title;
    }

    /** From 1 on. */
    public int number() {
        return Arrays.asList(values()).indexOf(this) + 1;
    }

    public String title() {
        return title;
    }

    public static Optional<Incident> of(String number) {
        return Arrays.stream(values())
                .filter(incident -> Integer.toString(incident.number()).equals(number))
                .findFirst();
    }
}
