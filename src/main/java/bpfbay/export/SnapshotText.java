package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.ErrorName;
import bpfbay.model.Link;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A snapshot as plain tables, whole cells and no colour: for a pipe, a mail, a pager. */
public final class SnapshotText {
    private static final String NOTHING = "—";

    private final Snapshot snapshot;
    private final StringBuilder out = new StringBuilder(4096);

    private SnapshotText(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    public static String of(Snapshot snapshot) {
        return new SnapshotText(snapshot).print();
    }

    private String print() {
        head();
        attachments();
        programs();
        links();
        maps();
        problems();
        return out.toString();
    }

    private void head() {
        out.append(Escaper.escape(snapshot.host().name()))
                .append("  ")
                .append(Escaper.escape(snapshot.host().kernel()))
                .append("  ")
                .append(Utc.second(snapshot.takenAt()))
                .append("  ")
                .append(count(snapshot.attachments().size(), "attachment"))
                .append(", ")
                .append(count(snapshot.namespaces().size(), "network namespace"))
                .append('\n');
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    private void attachments() {
        Table table = new Table("NETNS", "ON", "HOOK", "PROGRAM", "ID", "TAG", "LINK", "OWNER", "PIN");
        for (Attachment a : snapshot.attachments()) {
            PlaceWords words = PlaceWords.of(a.place());
            Optional<Program> program =
                    a.progId().isPresent() ? snapshot.program(a.progId().getAsInt()) : Optional.empty();
            table.row(
                    netns(words.netns()),
                    words.scope(),
                    PlaceWords.hook(a),
                    program.map(Program::name).orElse(NOTHING),
                    Words.u32(a.progId()),
                    program.map(Program::tag).orElse(NOTHING),
                    Words.u32(a.linkId()),
                    owners(snapshot.index().owners(a)),
                    pins(snapshot.index().pins(a)));
        }
        section("attachments", table);
    }

    /** Empty in the own namespace and where there is none. */
    private String netns(OptionalLong inode) {
        return inode.stream().mapToObj(this::label).findFirst().orElse("");
    }

    private String label(long inode) {
        return snapshot.namespaces().stream()
                .filter(n -> n.inode() == inode)
                .map(n -> n.isOwn() ? "" : n.label())
                .findFirst()
                .orElse(Words.u64(inode));
    }

    private void programs() {
        Table table = new Table("ID", "TYPE", "NAME", "TAG", "LOADED", "UID", "ATTACHED", "OWNER", "PIN");
        for (Program p : snapshot.programs()) {
            int attached = snapshot.index().sharedBy(p.id());
            table.row(
                    Words.u32(p.id()),
                    p.type().label(),
                    p.name().isEmpty() ? NOTHING : p.name(),
                    p.tag(),
                    Utc.second(p.loadedAt()),
                    Words.u32(p.uid()),
                    attached == 0 ? "no" : attached == 1 ? "yes" : attached + " times",
                    owners(snapshot.owners(p.object())),
                    pins(snapshot.pins(p.object())));
        }
        section("programs", table);
    }

    private void links() {
        Table table = new Table("ID", "TYPE", "PROG", "TARGET", "OWNER", "PIN");
        for (Link l : snapshot.links()) {
            table.row(
                    Words.u32(l.id()),
                    l.type().label(),
                    Words.u32(l.progId()),
                    l.isDetached() ? "detached" : l.target().label(),
                    owners(snapshot.owners(l.object())),
                    pins(snapshot.pins(l.object())));
        }
        section("links", table);
    }

    private void maps() {
        Table table = new Table("ID", "TYPE", "NAME", "KEY", "VALUE", "MAX", "OWNER", "PIN");
        for (BpfMap m : snapshot.maps()) {
            table.row(
                    Words.u32(m.id()),
                    m.type().label(),
                    m.name().isEmpty() ? NOTHING : m.name(),
                    Words.u32(m.keySize()),
                    Words.u32(m.valueSize()),
                    Words.u32(m.maxEntries()),
                    owners(snapshot.owners(m.object())),
                    pins(snapshot.pins(m.object())));
        }
        section("maps", table);
    }

    private void problems() {
        Table table = new Table("OPERATION", "OBJECT", "ERROR", "WHAT IT MEANS");
        for (Problem p : snapshot.problems()) {
            table.row(p.operation(), p.object(), p.errno() == 0 ? NOTHING : ErrorName.of(p.errno()), p.hint());
        }
        section("not seen", table);
    }

    private void section(String title, Table table) {
        if (!table.isEmpty()) {
            out.append('\n').append(title).append('\n');
            table.print(out);
        }
    }

    private String owners(List<Owner> owners) {
        if (owners.isEmpty()) {
            return snapshot.index().ownership().found().isPresent()
                    ? NOTHING
                    : snapshot.index().ownership().reason();
        }
        String first = owners.get(0).label();
        return owners.size() == 1 ? first : first + " +" + (owners.size() - 1);
    }

    private static String pins(List<Pin> all) {
        List<Pin> pins = Pin.ofOthers(all);
        if (pins.isEmpty()) {
            return all.isEmpty() ? NOTHING : "way back";
        }
        String first = pins.get(0).path();
        return pins.size() == 1 ? first : first + " +" + (pins.size() - 1);
    }
}
