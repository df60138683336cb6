package bpfbay.tui.table;

import bpfbay.history.Aspect;
import bpfbay.history.Thing;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.tui.cell.Ink;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/*
 * Each view's columns are a class of their own, so that the first picture waits for those that it shows and for no others.
 */
/** The columns of each view, in the order in which they stand; their rank says which go when it is narrow. */
public final class ColumnSet {
    private static final Column OWNER =
            Column.left("OWNER", 3, 13, 26, Cells::owner).marking(Aspect.OWNERS);
    private static final Column PIN = Column.tail("PIN", 5, 11, 60, Cells::pin).marking(Aspect.PINS);
    private static final Column TAG = Column.left("TAG", 4, 8, 8, Cells::tag).marking(Aspect.PROGRAM);
    private static final Column PROG =
            Column.right("PROG", 2, 5, Cells::programId).marking(Aspect.PROGRAM);
    private static final Column PROGRAM =
            Column.left("PROGRAM", 0, 14, 28, Cells::programName).marking(Aspect.PROGRAM);
    private static final Column RATE = Column.right("RATE", 6, 7, Cells::rate);
    private static final Column NANOS = Column.right("NS/RUN", 8, 6, Cells::nanosPerRun);
    private static final Column LOADED = Column.left("LOADED", 9, 10, 10, Cells::loaded);
    private static final Column MAPS = Column.right("MAPS", 10, 4, Cells::maps);
    private static final Column UID = Column.right("UID", 11, 5, Cells::uid);

    private static final class Attachments {
        static final List<Column> ALL = List.of(
                Column.tail("IFACE", 1, 9, 15, look -> Cell.of(look.row().where())),
                Column.left("HOOK", 0, 13, 21, look -> attachment(look, a -> Cell.of(HookText.of(a))))
                        .marking(Aspect.PLACE),
                PROGRAM,
                PROG,
                TAG,
                RATE,
                NANOS,
                Column.right("LINK", 7, 5, Cells::link).marking(Aspect.LINK),
                Column.left(
                                "VIA",
                                12,
                                7,
                                7,
                                look -> attachment(look, a -> Cell.of(a.via().label())))
                        .marking(Aspect.LINK),
                LOADED,
                MAPS,
                Column.right("SHARED", 11, 6, Cells::sharedBy),
                OWNER,
                PIN);

        private Attachments() {}
    }

    private static final class Cgroups {
        static final List<Column> ALL = List.of(
                Column.tail("CGROUP", 1, 20, 60, look -> Cell.of(look.row().where())),
                Column.left("HOOK", 0, 15, 26, look -> attachment(look, a -> Cell.of(HookText.of(a))))
                        .marking(Aspect.PLACE),
                PROGRAM,
                PROG,
                Column.left("FLAGS", 5, 8, 16, look -> attachment(look, ColumnSet::cgroupFlags)),
                TAG,
                RATE,
                NANOS,
                Column.right("LINK", 7, 5, Cells::link).marking(Aspect.LINK),
                LOADED,
                OWNER,
                new Column("PIN", 9, 9, 60, Column.Align.TAIL, Optional.of(Aspect.PINS), Cells::pin));

        private Cgroups() {}
    }

    private static final class Programs {
        static final List<Column> ALL = List.of(
                Column.right("PROG", 1, 6, Cells::programId),
                Column.left(
                        "TYPE",
                        2,
                        12,
                        18,
                        look -> program(look, p -> Cell.of(p.type().label()))),
                Column.left("NAME", 0, 15, 32, Cells::programName),
                Column.left("TAG", 4, 8, 8, Cells::tag),
                Column.right("ATTACHED", 3, 8, Cells::attached),
                RATE,
                NANOS,
                LOADED,
                UID,
                MAPS,
                Column.right(
                        "XLATED",
                        12,
                        6,
                        look -> program(look, p -> Cell.number(Units.bytes(p.bytesXlated()), p.bytesXlated()))),
                Column.right(
                        "JITED",
                        13,
                        6,
                        look -> program(look, p -> Cell.number(Units.bytes(p.bytesJited()), p.bytesJited()))),
                Column.right("MEMLOCK", 14, 7, look -> program(look, ColumnSet::memlock)),
                Column.right(
                        "INSNS",
                        15,
                        7,
                        look -> program(
                                look,
                                p -> Cell.number(Integer.toUnsignedString(p.verifiedInsns()), p.verifiedInsns()))),
                Column.left("BUILD", 16, 12, 12, look -> program(look, p -> reading(p.fingerprint()))),
                OWNER,
                PIN);

        private Programs() {}
    }

    private static final class Links {
        static final List<Column> ALL = List.of(
                Column.right("LINK", 1, 6, Cells::link),
                Column.left(
                        "TYPE",
                        2,
                        10,
                        14,
                        look -> link(look, l -> Cell.of(l.type().label()))),
                Column.left("ATTACHES TO", 0, 18, 34, ColumnSet::target).marking(Aspect.PLACE),
                PROGRAM,
                PROG,
                OWNER,
                new Column("TAG", 6, 8, 8, Column.Align.LEFT, Optional.of(Aspect.PROGRAM), Cells::tag),
                new Column("RATE", 7, 7, 7, Column.Align.RIGHT, Optional.empty(), Cells::rate),
                Column.left(
                        "AS",
                        8,
                        14,
                        22,
                        look -> link(look, l -> l.attachType()
                                .map(type -> Cell.of(type.label()))
                                .orElse(Cell.NONE))),
                LOADED,
                new Column("PIN", 4, 9, 60, Column.Align.TAIL, Optional.of(Aspect.PINS), Cells::pin));

        private Links() {}
    }

    private static final class Maps {
        static final List<Column> ALL = List.of(
                Column.right("MAP", 1, 6, look -> map(look, m -> Cells.id(m.id()))),
                Column.left(
                        "TYPE",
                        2,
                        14,
                        22,
                        look -> map(look, m -> Cell.of(m.type().label()))),
                Column.left("NAME", 0, 15, 24, look -> map(look, m -> Cells.name(m.name()))),
                Column.right("KEY", 5, 5, look -> map(look, m -> Cells.id(m.keySize()))),
                Column.right("VALUE", 6, 6, look -> map(look, m -> Cells.id(m.valueSize()))),
                Column.right(
                        "MAX",
                        4,
                        7,
                        look -> map(
                                look,
                                m -> Cell.number(Units.count(Integer.toUnsignedLong(m.maxEntries())), (double)
                                        Integer.toUnsignedLong(m.maxEntries())))),
                Column.left(
                        "FLAGS",
                        10,
                        6,
                        8,
                        look -> map(
                                look,
                                m -> m.flags() == 0 ? Cell.NONE : Cell.of("0x" + Integer.toHexString(m.flags())))),
                Column.left("USED BY", 7, 14, 32, ColumnSet::users),
                OWNER,
                new Column("PIN", 8, 9, 60, Column.Align.TAIL, Optional.of(Aspect.PINS), Cells::pin));

        private Maps() {}
    }

    private static final class Pins {
        static final List<Column> ALL = List.of(
                Column.tail("PATH", 0, 30, 90, look -> pin(look, p -> Cell.of(p.path()))),
                Column.left(
                                "OBJECT",
                                1,
                                12,
                                16,
                                look -> pin(look, p -> Cell.of(p.object().toString())))
                        .marking(Aspect.PROGRAM),
                Column.left("NAME", 2, 16, 32, look -> pin(look, p -> objectName(look, p))),
                Column.left("OWNER", 3, 15, 26, look -> pin(look, p -> Cells.pinOwner(look, p))),
                Column.left("MOUNT", 5, 6, 8, look -> pin(look, p -> Cell.of(p.mount()))));

        private Pins() {}
    }

    private ColumnSet() {}

    public static List<Column> of(View view) {
        return switch (view) {
            case ATTACHMENTS -> Attachments.ALL;
            case PROGRAMS -> Programs.ALL;
            case LINKS -> Links.ALL;
            case MAPS -> Maps.ALL;
            case PINS -> Pins.ALL;
            case CGROUPS -> Cgroups.ALL;
        };
    }

    private static Cell attachment(Look look, Function<bpfbay.model.Attachment, Cell> cell) {
        return look.attachment().map(cell).orElse(Cell.NONE);
    }

    private static Cell program(Look look, Function<Program, Cell> cell) {
        return look.program().map(cell).orElse(Cell.NONE);
    }

    private static Cell link(Look look, Function<Link, Cell> cell) {
        return look.sight().link().map(cell).orElse(Cell.NONE);
    }

    private static Cell map(Look look, Function<BpfMap, Cell> cell) {
        return look.row().thing() instanceof Thing.Mapped mapped ? cell.apply(mapped.map()) : Cell.NONE;
    }

    private static Cell pin(Look look, Function<Pin, Cell> cell) {
        return look.row().thing() instanceof Thing.Pinned pinned ? cell.apply(pinned.pin()) : Cell.NONE;
    }

    private static Cell target(Look look) {
        Optional<Link> link = look.sight().link();
        if (link.isEmpty()) {
            return Cell.NONE;
        } else if (link.get().isDetached()) {
            return Cell.of("detached").in(Ink.WARN);
        }
        return Cell.of(TargetText.of(look.snapshot(), link.get().target()));
    }

    private static Cell memlock(Program program) {
        return program.bytesMemlock().isPresent()
                ? Cell.number(Units.bytes(program.bytesMemlock().getAsLong()), (double)
                        program.bytesMemlock().getAsLong())
                : Cell.dim("?");
    }

    private static Cell reading(Reading<String> reading) {
        return reading.found().map(Cell::of).orElseGet(() -> Cell.dim(reading.reason()));
    }

    private static Cell users(Look look) {
        return map(look, m -> {
            List<Program> users = look.snapshot().programs().stream()
                    .filter(program -> program.mapIds().contains(m.id()))
                    .toList();
            if (users.isEmpty()) {
                return Cell.NONE;
            }
            String more = users.size() > 1 ? " +" + (users.size() - 1) : "";
            return Cell.of(
                    users.get(0).name() + " " + Units.unsigned(users.get(0).id()) + more);
        });
    }

    private static Cell objectName(Look look, Pin pin) {
        String name = Cells.objectName(look.snapshot(), pin.object());
        return name.isEmpty() ? Cell.NONE : Cell.of(name);
    }

    private static Cell cgroupFlags(bpfbay.model.Attachment attachment) {
        if (attachment.attachFlags().isEmpty()) {
            return Cell.NONE;
        }
        String words = CgroupFlags.words(attachment.attachFlags().getAsInt());
        return words.isEmpty() ? Cell.NONE : Cell.of(words);
    }

    /** Where a place is not told apart by its row's group. */
    static boolean isCgroup(bpfbay.model.Attachment attachment) {
        return attachment.place() instanceof Place.Cgroup;
    }
}
