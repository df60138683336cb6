package bpfbay.tui.table;

import bpfbay.model.Activity;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Relations;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Ink;
import java.util.List;
import java.util.Optional;

/** Cells that several views share. */
public final class Cells {
    /** What only bpfbay itself has pinned, for the way back of a swap. */
    private static final String WAY_BACK = "way back";

    private Cells() {}

    static Cell programName(Look look) {
        Optional<Program> program = look.program();
        if (program.isPresent()) {
            return name(program.get().name());
        }
        if (look.attachment().isPresent() && look.attachment().get().progId().isEmpty()) {
            return Cell.dim("classic filter");
        }
        return Cell.dim("not seen");
    }

    static Cell name(String name) {
        return name.isEmpty() ? Cell.dim("(no name)") : Cell.of(name);
    }

    static Cell programId(Look look) {
        if (look.attachment().isPresent()) {
            return look.attachment().get().progId().isPresent()
                    ? id(look.attachment().get().progId().getAsInt())
                    : Cell.NONE;
        }
        return look.program().map(program -> id(program.id())).orElse(Cell.NONE);
    }

    static Cell id(int id) {
        return Cell.number(Integer.toUnsignedString(id), (double) Integer.toUnsignedLong(id));
    }

    static Cell tag(Look look) {
        return look.program().map(Program::shortTag).map(Cell::of).orElse(Cell.NONE);
    }

    static Cell pinOwner(Look look, Pin pin) {
        return pin.isOwn() ? Cell.dim("bpfbay's own") : owner(look);
    }

    static Cell owner(Look look) {
        return owner(look.sight().owners(), look.snapshot().index().ownership());
    }

    static Cell owner(List<Owner> owners, bpfbay.model.Reading<Relations.Scan> scan) {
        if (owners.isEmpty()) {
            return scan.found().isPresent() ? Cell.NONE : Cell.dim(scan.reason());
        }
        String more = owners.size() > 1 ? " +" + (owners.size() - 1) : "";
        Owner first = owners.get(0);
        return Cell.ending(first.holder().comm(), ownerTail(first) + more);
    }

    private static String ownerTail(Owner owner) {
        return (owner.isInferred() ? "~ " : " ") + owner.holder().pid();
    }

    static Cell pin(Look look) {
        return look.snapshot().index().isGlance()
                ? Cell.dim(Relations.NOT_YET.reason())
                : pin(look.sight().pins());
    }

    static Cell pin(List<Pin> all) {
        List<Pin> pins = Pin.ofOthers(all);
        if (pins.isEmpty()) {
            return all.isEmpty() ? Cell.NONE : Cell.dim(WAY_BACK);
        }
        String more = pins.size() > 1 ? " +" + (pins.size() - 1) : "";
        return Cell.ending(pins.get(0).path(), more);
    }

    static Cell link(Look look) {
        if (look.attachment().isPresent()) {
            return look.attachment().get().linkId().isPresent()
                    ? id(look.attachment().get().linkId().getAsInt())
                    : Cell.NONE;
        }
        return look.sight().link().map(link -> id(link.id())).orElse(Cell.NONE);
    }

    static Cell rate(Look look) {
        if (look.row().isGone()) {
            return Cell.NONE;
        }
        Optional<RunRate> rate = look.rate();
        return rate.map(r -> Cell.number(Units.rate(r.runsPerSecond()), r.runsPerSecond()))
                .orElseGet(() -> Cell.dim(noRate(look.snapshot())));
    }

    static Cell nanosPerRun(Look look) {
        return look.rate()
                .filter(rate -> rate.nsPerRun().isPresent())
                .map(rate -> Cell.number(
                        Units.nanos(rate.nsPerRun().getAsDouble()),
                        rate.nsPerRun().getAsDouble()))
                .orElse(Cell.NONE);
    }

    /** Why no rate is shown, in the room of a rate. */
    public static String noRate(Snapshot snapshot) {
        return snapshot.activity().state() == Activity.State.OFF ? "off" : "soon";
    }

    static Cell loaded(Look look) {
        return look.program()
                .map(program -> Cell.number(
                        Units.moment(program.loadedAt(), look.snapshot().takenAt()),
                        (double) program.loadedAt().toEpochMilli()))
                .orElse(Cell.NONE);
    }

    static Cell maps(Look look) {
        return look.program()
                .map(program -> Cell.number(program.mapIds().size()))
                .orElse(Cell.NONE);
    }

    static Cell sharedBy(Look look) {
        int shared = look.sight().sharedBy();
        return shared > 1 ? Cell.number(shared) : Cell.NONE;
    }

    static Cell uid(Look look) {
        return look.program().map(program -> id(program.uid())).orElse(Cell.NONE);
    }

    static Cell attached(Look look) {
        int count = look.sight().sharedBy();
        return count == 0 ? Cell.number("no", 0).in(Ink.DIM) : Cell.number(count);
    }

    static String objectName(Snapshot snapshot, ObjectId object) {
        return switch (object.kind()) {
            case PROG -> snapshot.program(object.id()).map(Program::name).orElse("");
            case MAP -> snapshot.map(object.id()).map(map -> map.name()).orElse("");
            case LINK ->
                snapshot.link(object.id())
                        .flatMap(link -> snapshot.program(link.progId()))
                        .map(Program::name)
                        .orElse("");
        };
    }
}
