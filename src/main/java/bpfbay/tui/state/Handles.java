package bpfbay.tui.state;

import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.tui.table.Row;
import java.util.List;
import java.util.Optional;

/** What names things outside of the screen: refs of attachments, candidates of objects, paths of pins. */
final class Handles {
    private Handles() {}

    /** Those picked, in the order of the rows; else the one under the cursor. */
    static List<String> chosen(State state) {
        List<String> picked = state.desk().table().rows().stream()
                .filter(row ->
                        row.selectable().filter(state.desk().picked()::contains).isPresent())
                .map(row -> of(((Row.Item) row).thing()))
                .toList();
        if (!picked.isEmpty()) {
            return picked;
        }
        Optional<Thing> thing = state.desk().page() instanceof Page.Details details
                ? Optional.of(details.last().thing())
                : Refresh.selected(state).map(Row.Item::thing);
        return thing.map(Handles::of).map(List::of).orElse(List.of());
    }

    static String of(Thing thing) {
        return thing.match(
                Handles::of,
                program -> program.object().toString(),
                link -> link.object().toString(),
                map -> map.object().toString(),
                pin -> "pin:" + pin.path());
    }

    /** A position drifts: with it goes what stands there now, as {@code bpfbay swap} takes it. */
    private static String of(Attachment attachment) {
        boolean isPositional =
                switch (attachment.place().hook()) {
                    case "tcx", "netkit", "cgroup" -> true;
                    default -> false;
                };
        return isPositional && attachment.progId().isPresent()
                ? attachment.ref() + " --expect "
                        + ObjectId.prog(attachment.progId().getAsInt())
                : attachment.ref();
    }
}
