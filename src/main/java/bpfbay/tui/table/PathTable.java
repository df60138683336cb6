package bpfbay.tui.table;

import bpfbay.export.PacketPath;
import bpfbay.export.PathOrder;
import bpfbay.history.Aspect;
import bpfbay.history.Identity;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The path of a packet through one interface, as rows. */
public final class PathTable {
    private static final List<Column> COLUMNS = List.of(
            Column.left("STAGE", 1, 16, 30, look -> Cell.of(look.row().where())),
            Column.tail("AT", 1, 8, 40, look -> look.attachment()
                            .map(a -> Cell.of(at(a)))
                            .orElse(Cell.NONE))
                    .marking(Aspect.PLACE),
            Column.left("PROGRAM", 0, 14, 32, Cells::programName).marking(Aspect.PROGRAM),
            Column.right("PROG", 2, 5, Cells::programId).marking(Aspect.PROGRAM),
            Column.right("RATE", 3, 7, Cells::rate),
            Column.right("NS/RUN", 5, 6, Cells::nanosPerRun),
            Column.left("HANGS ON", 4, 16, 20, PathTable::hangsOn).marking(Aspect.LINK),
            Column.left("OWNER", 6, 13, 26, Cells::owner).marking(Aspect.OWNERS));

    private PathTable() {}

    /** Empty where the interface is not there any more. */
    public static Table of(long netns, int ifindex, Snapshot snapshot) {
        Optional<NetInterface> device = snapshot.interfaces().stream()
                .filter(i -> i.netns() == netns && i.ifindex() == ifindex)
                .findFirst();
        return device.map(found -> of(PathOrder.of(found, snapshot))).orElse(Table.EMPTY);
    }

    private static Table of(PacketPath path) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row.Heading("ingress ↓", neighbours(path, PacketPath.Tie.LOWER, PacketPath.Tie.PEER)));
        path.ingress().forEach(stage -> addStage(rows, stage));
        rows.add(new Row.Heading("egress ↓", neighbours(path, PacketPath.Tie.UPPER)));
        path.egress().forEach(stage -> addStage(rows, stage));
        int items = (int) rows.stream().filter(row -> row instanceof Row.Item).count();
        return new Table(COLUMNS, rows, items, items, Sort.RUNNING_ORDER);
    }

    private static void addStage(List<Row> rows, PacketPath.Stage stage) {
        if (stage.attachments().isEmpty()) {
            rows.add(new Row.Blank(stage.hook().label(), stage.note().orElse("—")));
            return;
        }
        stage.note().ifPresent(note -> rows.add(new Row.Blank("", note)));
        for (Attachment attachment : stage.attachments()) {
            rows.add(new Row.Item(
                    new Thing.Attached(attachment),
                    Identity.of(attachment),
                    Optional.empty(),
                    stage.hook().label()));
        }
    }

    private static String neighbours(PacketPath path, PacketPath.Tie... ties) {
        List<String> words = new ArrayList<>();
        for (PacketPath.Neighbour neighbour : path.neighbours()) {
            if (List.of(ties).contains(neighbour.tie())) {
                words.add(neighbour.tie().label() + " " + neighbour.name()
                        + neighbour.kind().map(kind -> " (" + kind + ")").orElse(""));
            }
        }
        return String.join(", ", words);
    }

    /** What tells it from others of its stage. */
    private static String at(Attachment attachment) {
        Place place = attachment.place();
        if (place instanceof Place.Xdp) {
            return "";
        } else if (place instanceof Place.Cgroup cgroup) {
            return attachment.position() + " " + cgroup.path();
        } else if (place instanceof Place.NetfilterHook hook) {
            return hook.target().familyLabel() + " " + hook.target().priority();
        } else if (place instanceof Place.Freplace) {
            return HookText.of(attachment);
        }
        return attachment.filter().isPresent() ? HookText.key(attachment) : String.valueOf(attachment.position());
    }

    /** What keeps it there, shortest first: the link and its pin, else how it is attached. */
    private static Cell hangsOn(Look look) {
        if (look.attachment().isEmpty()) {
            return Cell.NONE;
        }
        Attachment attachment = look.attachment().get();
        if (attachment.linkId().isEmpty()) {
            return Cell.of(attachment.via().label());
        }
        String link = "link " + Units.unsigned(attachment.linkId().getAsInt());
        if (!look.sight().pins().isEmpty()) {
            return Cell.of(link + " pinned");
        }
        return Cell.of(link);
    }
}
