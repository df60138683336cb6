package bpfbay.export;

import bpfbay.model.Holder;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Facts that things of several kinds have. */
final class CommonFacts {
    private CommonFacts() {}

    static Fact program(int progId, Snapshot snapshot) {
        return program("program", progId, snapshot);
    }

    static Fact program(String label, int progId, Snapshot snapshot) {
        return Fact.of(label, programName(progId, snapshot), ObjectId.prog(progId));
    }

    /** {@code xdp_fw #3815}. */
    static String programName(int progId, Snapshot snapshot) {
        String name = snapshot.program(progId).map(Program::name).orElse("");
        return (name.isEmpty() ? "" : name + " ") + "#" + Words.u32(progId);
    }

    /** {@code prog #3815 xdp_fw}, {@code link #88 xdp}, {@code map #25 cnt}. */
    static String name(ObjectId object, Snapshot snapshot) {
        Optional<String> name =
                switch (object.kind()) {
                    case PROG -> snapshot.program(object.id()).map(Program::name);
                    case LINK ->
                        snapshot.link(object.id()).map(link -> link.type().label());
                    case MAP -> snapshot.map(object.id()).map(map -> map.name());
                };
        return object.kind().label() + " #" + Words.u32(object.id())
                + name.map(n -> " " + n).orElse("");
    }

    static Fact namespace(long netns, Snapshot snapshot) {
        Optional<NetNamespace> namespace =
                snapshot.namespaces().stream().filter(n -> n.inode() == netns).findFirst();
        String inode = Words.u64(netns);
        return Fact.of(
                "netns",
                namespace
                        .map(n -> (n.isOwn() ? "the one bpfbay runs in, " : "")
                                + (n.names().isEmpty() ? "" : String.join(", ", n.names()) + ", ")
                                + inode)
                        .orElse(inode));
    }

    static void own(List<Fact> facts, ObjectId object, Snapshot snapshot) {
        if (snapshot.isOwn(object)) {
            facts.add(Fact.of("own", "bpfbay's own"));
        }
    }

    static void owners(List<Fact> facts, List<Owner> owners, Snapshot snapshot) {
        for (Owner owner : owners) {
            Holder holder = owner.holder();
            StringBuilder text = new StringBuilder(owner.label());
            text.append(", holds ")
                    .append(
                            owner.holds() == ObjectId.Kind.MAP
                                    ? "a map"
                                    : "the " + owner.holds().label());
            holder.unit().ifPresent(unit -> text.append(", unit ").append(unit));
            holder.container().ifPresent(id -> text.append(", container ").append(id));
            owner.inferredBecause()
                    .ifPresent(why -> text.append(" (inferred: ").append(why).append(')'));
            facts.add(Fact.of("owner", text.toString()));
        }
        if (owners.isEmpty()) {
            facts.add(noOwner(snapshot));
        }
    }

    /** Whoever holds it could be seen, and nobody does; or why holders cannot be seen. */
    static Fact noOwner(Snapshot snapshot) {
        Reading<String> reason =
                Words.map(snapshot.index().ownership(), scan -> "").found().isPresent()
                        ? new Reading.NotAsked<>("no process holds it")
                        : Words.map(snapshot.index().ownership(), scan -> "");
        return Fact.of("owner", reason);
    }

    static void pins(List<Fact> facts, List<Pin> pins) {
        for (Pin pin : pins) {
            facts.add(Fact.of(
                    "pin",
                    pin.path() + " (" + own(pin).orElse(pin.object().kind().label()) + ")"));
        }
        if (pins.isEmpty()) {
            facts.add(Fact.none("pin", "none in any bpffs that can be reached"));
        }
    }

    /** Of bpfbay's own pins. */
    static Optional<String> own(Pin pin) {
        return pin.wayBackOf().map(swap -> "bpfbay's own, the way back of swap " + swap);
    }

    /** Counters and rates of the program, which are of all its attachments. */
    static void runs(List<Fact> facts, int progId, Snapshot snapshot) {
        Optional<RunRate> rate = Optional.ofNullable(snapshot.activity().rates().get(progId));
        Optional<RunCounts> counts =
                Optional.ofNullable(snapshot.activity().counts().get(progId));
        Reading<String> off = new Reading.NotAsked<>("statistics are off");
        facts.add(Fact.of("runs", rate.map(r -> Reading.of(rate(r))).orElse(off)));
        counts.ifPresent(c -> {
            facts.add(Fact.of("run count", Words.u64(c.runCount())));
            facts.add(Fact.of("run time", Words.u64(c.runTimeNs()) + " ns"));
        });
    }

    private static String rate(RunRate rate) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%.0f/s", rate.runsPerSecond()));
        rate.nsPerRun().ifPresent(ns -> text.append(String.format(Locale.ROOT, ", %.0f ns a run", ns)));
        return text.append(", at ").append(Utc.second(rate.at())).toString();
    }
}
