package bpfbay.journal;

import bpfbay.kernel.SwapPlace;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The inverse of {@link EntryWriter}. */
final class EntryReader {
    private static final JournalEntry.By NOBODY_KNOWN = new JournalEntry.By(0, "", "");

    private EntryReader() {}

    /**
     * Empty where a later version writes of what this one does not know. A line that no version would write is
     * a {@link DamagedLineException}.
     */
    static Optional<JournalEntry> read(String line) {
        Fields fields = Fields.parse(line);
        if (!fields.needText("schema").startsWith(EntryWriter.SCHEMA)) {
            throw new DamagedLineException("it is not of a journal");
        }
        return JournalEvent.of(fields.needText("event")).map(event -> entry(event, fields));
    }

    private static JournalEntry entry(JournalEvent event, Fields fields) {
        return new JournalEntry(
                fields.text("boot_id").orElse(""),
                instant(fields.needText("at")),
                fields.needText("swap"),
                event,
                fields.u32("member"),
                fields.text("ref").orElse(""),
                fields.text("primitive").orElse(""),
                fields.object("from").map(EntryReader::program),
                fields.object("to").map(EntryReader::program),
                fields.u32("link_id"),
                fields.object("by").map(EntryReader::by).orElse(NOBODY_KNOWN),
                fields.object("place").flatMap(PlaceReader::read).map(place -> anchor(place, fields)),
                fields.text("detail").orElse(""));
    }

    private static JournalEntry.Anchor anchor(SwapPlace place, Fields fields) {
        return new JournalEntry.Anchor(place, fields.text("hook").orElse(""), fields.texts("pins"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new DamagedLineException("its at is not one");
        }
    }

    private static ProgramMark program(Fields fields) {
        return new ProgramMark(
                fields.needU32("prog_id"),
                fields.text("prog_name").orElse(""),
                fields.text("tag").orElse(""));
    }

    private static JournalEntry.By by(Fields fields) {
        return new JournalEntry.By(
                fields.u32("pid").orElse(0),
                fields.text("comm").orElse(""),
                fields.text("user").orElse(""));
    }
}
