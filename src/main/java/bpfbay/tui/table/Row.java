package bpfbay.tui.table;

import bpfbay.diagnose.Severity;
import bpfbay.history.Identity;
import bpfbay.history.Recent;
import bpfbay.history.Thing;
import java.util.Optional;

/** One line of a table. */
public sealed interface Row {
    /** Names the rows below it; the cursor passes it by. */
    record Heading(String text, String note) implements Row {}

    /** A place where nothing is; the cursor passes it by. */
    record Blank(String where, String note) implements Row {}

    /** What is wrong with the row above; the cursor passes it by. */
    record Note(Severity severity, String text) implements Row {}

    /**
     * A thing.
     *
     * @param stone where it is gone and only remembered
     * @param where what the first column says, such as an interface's name; rows below it that would say
     *     the same stay blank there
     */
    record Item(Thing thing, Identity identity, Optional<Recent.Tombstone> stone, String where) implements Row {
        public boolean isGone() {
            return stone.isPresent();
        }
    }

    /** The identity of what can be selected. */
    default Optional<Identity> selectable() {
        return this instanceof Item item ? Optional.of(item.identity()) : Optional.empty();
    }
}
