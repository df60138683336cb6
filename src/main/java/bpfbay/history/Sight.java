package bpfbay.history;

import bpfbay.model.Attachment;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A thing with what one snapshot says around it, enough to be told of after it has gone.
 *
 * @param program the one it is, runs, holds or pins
 * @param link the one it is or hangs on
 * @param owners closest first
 * @param sharedBy how many attachments the program has
 */
public record Sight(
        Thing thing, Optional<Program> program, Optional<Link> link, List<Owner> owners, List<Pin> pins, int sharedBy) {
    public Sight {
        owners = List.copyOf(owners);
        pins = List.copyOf(pins);
    }

    public static Sight of(Snapshot snapshot, Thing thing) {
        return thing.match(
                attachment -> ofAttachment(snapshot, thing, attachment),
                program -> new Sight(
                        thing,
                        Optional.of(program),
                        Optional.empty(),
                        snapshot.owners(program.object()),
                        snapshot.pins(program.object()),
                        snapshot.index().sharedBy(program.id())),
                link -> new Sight(
                        thing,
                        snapshot.program(link.progId()),
                        Optional.of(link),
                        snapshot.owners(link.object()),
                        snapshot.pins(link.object()),
                        snapshot.index().sharedBy(link.progId())),
                map -> new Sight(
                        thing,
                        Optional.empty(),
                        Optional.empty(),
                        snapshot.owners(map.object()),
                        snapshot.pins(map.object()),
                        0),
                pin -> ofPin(snapshot, thing, pin));
    }

    private static Sight ofAttachment(Snapshot snapshot, Thing thing, Attachment attachment) {
        return new Sight(
                thing,
                program(snapshot, attachment.progId()),
                attachment.linkId().isPresent()
                        ? snapshot.link(attachment.linkId().getAsInt())
                        : Optional.empty(),
                snapshot.index().owners(attachment),
                snapshot.index().pins(attachment),
                attachment.progId().isPresent()
                        ? snapshot.index().sharedBy(attachment.progId().getAsInt())
                        : 1);
    }

    private static Sight ofPin(Snapshot snapshot, Thing thing, Pin pin) {
        ObjectId object = pin.object();
        Optional<Link> link = object.kind() == ObjectId.Kind.LINK ? snapshot.link(object.id()) : Optional.empty();
        OptionalInt progId = object.kind() == ObjectId.Kind.PROG
                ? OptionalInt.of(object.id())
                : link.map(l -> OptionalInt.of(l.progId())).orElse(OptionalInt.empty());
        return new Sight(thing, program(snapshot, progId), link, snapshot.owners(object), List.of(pin), 0);
    }

    private static Optional<Program> program(Snapshot snapshot, OptionalInt id) {
        return id.isPresent() ? snapshot.program(id.getAsInt()) : Optional.empty();
    }
}
