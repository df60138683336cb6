package bpfbay.tui.state;

import bpfbay.export.Columns;
import bpfbay.export.Escaper;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.swap.Candidate;
import bpfbay.swap.ProgramMark;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What could be put there. The list stays as it is while one looks at it; a plan tells what is gone since. */
final class CandidateMenu {
    private static final int NAME = 17;

    private CandidateMenu() {}

    static Page.Choosing of(Aim aim, Snapshot snapshot) {
        List<Program> programs = programs(aim, snapshot);
        List<Menu.Entry> entries = new ArrayList<>();
        aim.targets().stream().limit(3).forEach(target -> entries.add(Menu.Entry.text(now(aim, target, snapshot))));
        int more = aim.targets().size() - 3;
        if (more > 0) {
            entries.add(Menu.Entry.text(Line.of(" and " + more + " more", Ink.DIM)));
        }
        entries.add(Menu.Entry.text(Line.EMPTY));
        List<Program> namesakes =
                programs.stream().filter(program -> aim.isNamed(program.name())).toList();
        List<Program> others = programs.stream()
                .filter(program -> !namesakes.contains(program))
                .toList();
        add(entries, "loaded under the same name, the newest first", namesakes, aim, snapshot);
        add(
                entries,
                (namesakes.isEmpty() ? "loaded " : "other loaded ") + aim.type().label()
                        + " programs, the newest first",
                others,
                aim,
                snapshot);
        if (programs.isEmpty()) {
            entries.add(heading("no other " + aim.type().label() + " program is loaded"));
        }
        List<Menu.Entry> pins = pins(aim, programs, snapshot);
        if (!pins.isEmpty()) {
            entries.add(heading("pins of them"));
            entries.addAll(pins);
        }
        entries.add(heading("not loaded yet"));
        entries.add(Menu.Entry.of(
                "file",
                Line.of("   object file…", Ink.ACCENT, "  Enter, then its path", Ink.DIM),
                new Choice.AskFile(aim)));
        return new Page.Choosing(
                Page.Subject.CANDIDATE, "swap " + aim.label() + ": for which program?", Menu.of(entries));
    }

    private static void add(
            List<Menu.Entry> entries, String heading, List<Program> programs, Aim aim, Snapshot snapshot) {
        if (!programs.isEmpty()) {
            entries.add(heading(heading));
        }
        for (Program program : programs) {
            entries.add(Menu.Entry.of(
                    program.object().toString(),
                    line(program, snapshot),
                    new Choice.Take(aim, new Candidate.OfProgram(program.id()))));
        }
    }

    /** For the command line. */
    static List<String> words(State state) {
        return SwapTargets.of(state).aim().stream()
                .flatMap(aim -> state.world().live().snapshot().stream().flatMap(snapshot -> words(aim, snapshot)))
                .toList();
    }

    private static Stream<String> words(Aim aim, Snapshot snapshot) {
        List<Program> programs = programs(aim, snapshot);
        return Stream.concat(
                programs.stream().map(program -> program.object().toString()),
                programs.stream()
                        .flatMap(program -> pins(program, snapshot).stream().map(pin -> "pin:" + pin.path())));
    }

    private static List<Program> programs(Aim aim, Snapshot snapshot) {
        return snapshot.programs().stream()
                .filter(program -> program.type().equals(aim.type()))
                .filter(program -> !snapshot.isOwn(program.object()) && !aim.isAllOf(program.id()))
                .sorted(Comparator.comparing(Program::loadedAt)
                        .thenComparing(Program::id, Integer::compareUnsigned)
                        .reversed())
                .toList();
    }

    private static List<Menu.Entry> pins(Aim aim, List<Program> programs, Snapshot snapshot) {
        List<Menu.Entry> entries = new ArrayList<>();
        for (Program program : programs) {
            for (Pin pin : pins(program, snapshot)) {
                Line line = Line.of(
                        "   " + Columns.pad("#" + Units.unsigned(program.id()), 7) + " ",
                        Ink.ACCENT,
                        pin.path(),
                        Ink.TEXT);
                path(pin)
                        .ifPresent(path -> entries.add(Menu.Entry.of(
                                "pin:" + pin.path(), line, new Choice.Take(aim, new Candidate.OfPin(path)))));
            }
        }
        return entries;
    }

    /** Not those by which an earlier swap would be undone: their programs stand in the list. */
    private static List<Pin> pins(Program program, Snapshot snapshot) {
        return Pin.ofOthers(snapshot.pins(program.object()));
    }

    /** A name of bytes that are no text is no path to Java; its program can still be chosen by id. */
    private static Optional<Path> path(Pin pin) {
        try {
            return Optional.of(Path.of(pin.path()));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Menu.Entry heading(String text) {
        return Menu.Entry.text(Line.of(" " + text, Ink.DIM));
    }

    private static Line now(Aim aim, Aim.Target target, Snapshot snapshot) {
        Program program = target.program();
        String where = aim.targets().size() == 1 ? "now " : target.ref();
        return new Line(List.of(
                new Line.Span(" " + where + " ", Ink.DIM),
                new Line.Span(ProgramMark.of(program).label(), Ink.TITLE),
                new Line.Span(
                        "  " + program.shortTag() + "  loaded " + Units.moment(program.loadedAt(), snapshot.takenAt()),
                        Ink.TEXT)));
    }

    private static Line line(Program program, Snapshot snapshot) {
        String name = Columns.cut(Escaper.escape(program.name()), NAME);
        return new Line(List.of(
                new Line.Span("   " + Columns.pad(name, NAME) + " ", Ink.TEXT),
                new Line.Span(Columns.pad("#" + Units.unsigned(program.id()), 7) + " ", Ink.ACCENT),
                new Line.Span(program.shortTag() + "  ", Ink.DIM),
                new Line.Span(Columns.pad(Units.moment(program.loadedAt(), snapshot.takenAt()), 10) + "  ", Ink.TEXT),
                new Line.Span(where(program, snapshot), Ink.TEXT)));
    }

    private static String where(Program program, Snapshot snapshot) {
        int attached = snapshot.index()
                .attachments()
                .getOrDefault(program.id(), List.of())
                .size();
        int pins = pins(program, snapshot).size();
        String where =
                attached == 0 ? "attached nowhere" : "attached " + attached + (attached == 1 ? " time" : " times");
        return where + (pins == 0 ? "" : pins == 1 ? ", pinned" : ", " + pins + " pins");
    }
}
