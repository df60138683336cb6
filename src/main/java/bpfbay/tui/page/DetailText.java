package bpfbay.tui.page;

import bpfbay.export.Fact;
import bpfbay.export.Facts;
import bpfbay.export.ShellCommands;
import bpfbay.history.Aspect;
import bpfbay.history.Recent;
import bpfbay.history.Sight;
import bpfbay.history.Thing;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Units;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything that is known of one thing. */
public final class DetailText {
    private final Snapshot snapshot;
    private final Map<ObjectId, List<Line>> fetched;
    private final Paragraphs page;

    private DetailText(Snapshot snapshot, Map<ObjectId, List<Line>> fetched, int columns) {
        this.snapshot = snapshot;
        this.fetched = fetched;
        this.page = new Paragraphs(columns);
    }

    /** A thing that is there. */
    public static List<Line> of(
            Thing thing,
            Optional<Recent.Mark> mark,
            Snapshot snapshot,
            Map<ObjectId, List<Line>> fetched,
            int columns) {
        DetailText text = new DetailText(snapshot, fetched, columns);
        text.marked(mark);
        text.facts(thing);
        text.related(Sight.of(snapshot, thing), thing);
        text.commands(thing);
        text.code(thing);
        return text.page.lines();
    }

    /** A thing that is gone, as it was last seen. */
    public static List<Line> ofGone(Sight last, Optional<Recent.Tombstone> stone, int columns) {
        Paragraphs page = new Paragraphs(columns);
        page.text(
                stone.map(s -> "gone since " + Units.full(s.goneAt()) + ", last seen " + Units.full(s.lastSeen()))
                        .orElse("not there any more"),
                Ink.GONE);
        last.program().ifPresent(program -> {
            page.fact("program", program.name() + " #" + Units.unsigned(program.id()), Ink.TEXT);
            page.fact("tag", program.tag(), Ink.TEXT);
            page.fact("loaded", Units.full(program.loadedAt()) + " by uid " + Units.unsigned(program.uid()), Ink.TEXT);
        });
        last.link()
                .ifPresent(link -> page.fact(
                        "link", Units.unsigned(link.id()) + " " + link.target().label(), Ink.TEXT));
        last.owners().forEach(owner -> page.fact("last owner", owner.label(), Ink.TEXT));
        Pin.ofOthers(last.pins()).forEach(pin -> page.fact("was pinned at", pin.path(), Ink.TEXT));
        return page.lines();
    }

    private void marked(Optional<Recent.Mark> mark) {
        mark.filter(Recent.Mark::isNew).ifPresent(m -> page.text("new since " + Units.full(m.at()), Ink.NEW));
        mark.filter(m -> m.before().isPresent())
                .ifPresent(m -> page.text("changed " + Units.full(m.at()) + ": " + whatChanged(m), Ink.CHANGED));
    }

    private static String whatChanged(Recent.Mark mark) {
        Optional<Program> before = mark.isOf(Aspect.PROGRAM) ? mark.before().flatMap(Sight::program) : Optional.empty();
        return before.map(program ->
                        "before it ran " + program.name() + " #" + Units.unsigned(program.id()) + " " + program.tag())
                .orElseGet(() -> Arrays.stream(Aspect.values())
                        .filter(mark::isOf)
                        .map(aspect -> aspect.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    private void facts(Thing thing) {
        List<Fact> facts = thing.match(
                attachment -> Facts.of(attachment, snapshot),
                program -> Facts.of(program, snapshot),
                link -> Facts.of(link, snapshot),
                map -> Facts.of(map, snapshot),
                pin -> Facts.of(pin, snapshot));
        for (Fact fact : facts) {
            Optional<String> value = fact.text().found();
            page.fact(
                    fact.label(),
                    value.orElseGet(() -> "— " + fact.text().reason()),
                    value.isPresent() ? Ink.TEXT : Ink.DIM);
        }
    }

    private void related(Sight sight, Thing thing) {
        if (!(thing instanceof Thing.Loaded) && sight.program().isPresent()) {
            Program program = sight.program().get();
            page.section("Program", program.name() + " #" + Units.unsigned(program.id()));
            for (Fact fact : Facts.of(program, snapshot)) {
                if (isOfProgramAlone(fact)) {
                    page.fact(
                            fact.label(),
                            fact.text()
                                    .found()
                                    .orElseGet(() -> "— " + fact.text().reason()),
                            Ink.TEXT);
                }
            }
        }
        List<BpfMap> maps = maps(thing, sight);
        if (!maps.isEmpty()) {
            page.section("Maps", "");
            maps.forEach(this::map);
        }
    }

    /** What the facts of an attachment or link do not already say. */
    private static boolean isOfProgramAlone(Fact fact) {
        return switch (fact.label()) {
            case "type", "license", "expects", "xlated", "jited", "memory", "verified", "btf", "attached as" -> true;
            default -> false;
        };
    }

    private List<BpfMap> maps(Thing thing, Sight sight) {
        List<BpfMap> maps = new ArrayList<>();
        if (thing instanceof Thing.Mapped mapped) {
            maps.add(mapped.map());
        }
        sight.program().ifPresent(program -> program.mapIds()
                .forEach(id -> snapshot.map(id).ifPresent(maps::add)));
        return maps;
    }

    private void map(BpfMap map) {
        page.text(
                map.name() + " #" + Units.unsigned(map.id()) + "  " + map.type().label() + "  key "
                        + Units.unsigned(map.keySize()) + " value " + Units.unsigned(map.valueSize()) + " max "
                        + Units.unsigned(map.maxEntries()),
                Ink.TEXT);
        List<Line> contents = fetched.get(map.object());
        page.add(contents == null ? List.of(Line.of("    reading its contents", Ink.DIM)) : contents);
    }

    private void commands(Thing thing) {
        page.section("The same elsewhere", "");
        thing.match(
                        attachment -> ShellCommands.of(attachment, snapshot),
                        ShellCommands::of,
                        ShellCommands::of,
                        ShellCommands::of,
                        (Pin pin) -> ShellCommands.of(pin))
                .forEach(command -> page.text(command, Ink.ACCENT));
    }

    private void code(Thing thing) {
        Optional<ObjectId> program = Sight.of(snapshot, thing).program().map(Program::object);
        program.ifPresent(object -> {
            List<Line> code = fetched.get(object);
            if (code == null) {
                page.section("Instructions", "reading them");
            } else {
                page.add(code);
            }
        });
    }
}
