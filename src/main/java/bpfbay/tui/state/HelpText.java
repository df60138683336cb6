package bpfbay.tui.state;

import bpfbay.export.Columns;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The help page, made from the commands. */
public final class HelpText {
    private static final int KEYS = 15;
    private static final int WORDS = 16;

    private HelpText() {}

    /** What cannot be done on the page below says why. */
    static List<Line> of(State below) {
        List<Line> lines = new ArrayList<>();
        for (Command.Section section : Command.Section.values()) {
            if (!lines.isEmpty()) {
                lines.add(Line.EMPTY);
            }
            lines.add(Line.of(" " + section.title(), Ink.TITLE));
            for (Command command : Command.values()) {
                if (command.section() == section) {
                    lines.add(line(command, command.whyDisabled(below)));
                }
            }
        }
        lines.add(Line.EMPTY);
        lines.add(Line.of(" Signs", Ink.TITLE));
        lines.add(sign("+", "new", Ink.NEW));
        lines.add(sign("*", "the cell after it changed a short while ago", Ink.CHANGED));
        lines.add(sign("×", "gone; stays for five minutes", Ink.GONE));
        lines.add(sign("•", "picked", Ink.TEXT));
        lines.add(sign("name~", "owner inferred, from the program's maps or the pin's folder", Ink.TEXT));
        lines.add(sign("—", "none, and that is known", Ink.TEXT));
        return lines;
    }

    private static Line line(Command command, Optional<String> whyDisabled) {
        String usage = (":" + command.word() + " " + command.argument()).strip();
        return new Line(List.of(
                new Line.Span(
                        "   " + Columns.pad(command.keyLabels(), KEYS), command.isDangerous() ? Ink.WARN : Ink.KEY),
                new Line.Span(Columns.pad(usage, WORDS) + " ", Ink.DIM),
                new Line.Span(command.tooltip(), whyDisabled.isPresent() ? Ink.DIM : Ink.TEXT),
                new Line.Span(whyDisabled.map(why -> " (" + why + ")").orElse(""), Ink.DIM)));
    }

    private static Line sign(String sign, String meaning, Ink ink) {
        return Line.of("   " + Columns.pad(sign, KEYS), ink, meaning, Ink.TEXT);
    }
}
