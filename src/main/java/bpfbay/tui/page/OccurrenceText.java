package bpfbay.tui.page;

import bpfbay.export.ChangeText;
import bpfbay.export.Columns;
import bpfbay.export.Escaper;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.State;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What happened, in a line and at length. */
public final class OccurrenceText {
    private static final int KIND = 9;
    private static final int SUBJECT = 22;

    private OccurrenceText() {}

    public static Line brief(Occurrence occurrence, Instant now) {
        String by =
                occurrence.by().map(author -> "  by " + ChangeText.by(author)).orElse("");
        return new Line(List.of(
                new Line.Span("   " + Columns.pad(Units.moment(occurrence.at(), now), 10) + "  ", Ink.TEXT),
                new Line.Span(Columns.pad(occurrence.kind().label(), KIND) + "  ", ink(occurrence.kind())),
                new Line.Span(Columns.pad(Escaper.escape(ChangeText.subject(occurrence)), SUBJECT) + "  ", Ink.ACCENT),
                new Line.Span(Escaper.escape(ChangeText.what(occurrence)), Ink.TEXT),
                new Line.Span(Escaper.escape(by), Ink.DIM)));
    }

    /** What a filter finds it by. */
    public static List<String> said(Occurrence occurrence) {
        List<String> said = new ArrayList<>(
                List.of(occurrence.kind().label(), ChangeText.subject(occurrence), ChangeText.what(occurrence)));
        occurrence.by().ifPresent(author -> said.add(ChangeText.by(author)));
        Stream.of(occurrence.before(), occurrence.after())
                .flatMap(Optional::stream)
                .forEach(state -> {
                    said.add(state.progName() + " " + state.tag());
                    state.ref().ifPresent(said::add);
                    state.owners().forEach(owner -> said.add(owner.label()));
                });
        return said;
    }

    /** What stands below the oldest one. */
    public static Line since(Instant since, int count) {
        String what = count == 0 ? " Nothing has happened since " : " Watched since ";
        return Line.of(what + Units.full(since) + (count == 0 ? "." : ""), count == 0 ? Ink.TEXT : Ink.DIM);
    }

    private static Ink ink(Occurrence.Kind kind) {
        return switch (kind) {
            case ATTACHED, LOADED, PINNED -> Ink.NEW;
            case DETACHED, UNLOADED, UNPINNED -> Ink.GONE;
            case REPLACED, REORDERED, MOVED -> Ink.CHANGED;
        };
    }

    public static List<Line> of(Occurrence occurrence, int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.text(occurrence.kind().label() + "  " + ChangeText.subject(occurrence), Ink.TITLE);
        page.fact("when", Units.full(occurrence.at()), Ink.TEXT);
        page.fact("what", ChangeText.what(occurrence), Ink.TEXT);
        page.fact("by", occurrence.by().map(ChangeText::by).orElse("not known"), Ink.TEXT);
        occurrence.by().ifPresent(by -> page.fact("known", ChangeText.known(by.how()), Ink.DIM));
        occurrence.before().ifPresent(state -> state(page, "Before", state));
        occurrence.after().ifPresent(state -> state(page, "After", state));
        return page.lines();
    }

    private static void state(Paragraphs page, String title, State state) {
        page.section(title, state.ref().orElse(""));
        if (state.progId().isPresent()) {
            page.fact(
                    "program",
                    state.progName() + " #" + Units.unsigned(state.progId().getAsInt()),
                    Ink.TEXT);
        }
        if (!state.tag().isEmpty()) {
            page.fact("tag", state.tag(), Ink.TEXT);
        }
        if (state.linkId().isPresent()) {
            page.fact("link", Units.unsigned(state.linkId().getAsInt()), Ink.TEXT);
        }
        if (!state.chain().isEmpty()) {
            page.fact(
                    "order",
                    String.join(
                            " ",
                            state.chain().stream()
                                    .map(id -> "#" + Units.unsigned(id))
                                    .toList()),
                    Ink.TEXT);
        }
    }
}
