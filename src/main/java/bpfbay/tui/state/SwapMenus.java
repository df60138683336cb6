package bpfbay.tui.state;

import bpfbay.export.Countdown;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.Snapshot;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.MapNames;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.SwapLines;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What there is to choose from around a swap. What changes nothing stands first. */
final class SwapMenus {
    private static final String SHARED = "   [x] ";
    private static final String APART = "   [ ] ";

    private SwapMenus() {}

    /** Several programs of one object file. */
    static Page.Choosing programs(Aim aim, String file, List<SwapNews.Defined> programs) {
        List<Menu.Entry> entries = new ArrayList<>();
        for (SwapNews.Defined program : programs) {
            entries.add(Menu.Entry.of(
                    program.name(),
                    Line.of("   " + program.name(), Ink.TEXT, "  " + program.section(), Ink.DIM),
                    new Choice.Take(aim, new Candidate.OfObject(Path.of(file), Optional.of(program.name())))));
        }
        return new Page.Choosing(
                Page.Subject.PROGRAM, "swap " + aim.label() + ": which program of " + file + "?", Menu.of(entries));
    }

    /** Maps of the live program that another could be given; the internal ones belong to a program's code. */
    static List<String> sharable(Aim aim, Snapshot snapshot) {
        Set<String> names = new LinkedHashSet<>();
        aim.targets().forEach(target -> target.program().mapIds().forEach(id -> snapshot.map(id)
                .filter(map -> !isInternal(map) && !map.type().equals(MapType.PROG_ARRAY))
                .map(BpfMap::name)
                .ifPresent(names::add)));
        return List.copyOf(names);
    }

    private static boolean isInternal(BpfMap map) {
        return map.name().isEmpty() || MapNames.isInternal(map.name());
    }

    static Page.Choosing maps(Page.Planning planning, Snapshot snapshot) {
        List<Menu.Entry> entries = new ArrayList<>();
        entries.add(Menu.Entry.text(
                Line.of(" Space marks the maps that the candidate is given; the others are new", Ink.DIM)));
        for (String name : sharable(planning.aim(), snapshot)) {
            entries.add(map(name, planning.request().reuse().contains(name) ? SHARED : APART));
        }
        entries.add(
                Menu.Entry.of("replan", Line.of("   make the plan anew with these", Ink.ACCENT), new Choice.Replan()));
        return new Page.Choosing(Page.Subject.MAPS, "maps of the live program to re-use", Menu.of(entries));
    }

    private static Menu.Entry map(String name, String mark) {
        return Menu.Entry.of("map:" + name, Line.of(mark + name, Ink.TEXT), new Choice.Share(name));
    }

    static Menu toggled(Menu menu, String name, int height) {
        boolean isShared = marked(menu).contains(name);
        return menu.with(
                Offer.of(menu.entries().stream()
                        .map(entry -> entry.key().equals("map:" + name) ? map(name, isShared ? APART : SHARED) : entry)
                        .toList()),
                height);
    }

    /** The maps that are to be shared. */
    static List<String> marked(Menu menu) {
        List<String> names = new ArrayList<>();
        for (Menu.Entry entry : menu.entries()) {
            if (entry.choice().orElse(new Choice.Leave()) instanceof Choice.Share share
                    && entry.line().spans().get(0).text().startsWith(SHARED)) {
                names.add(share.map());
            }
        }
        return names;
    }

    static Page.Choosing tests() {
        List<Menu.Entry> entries = List.of(
                Menu.Entry.of("leave", Line.of("   no test run", Ink.TEXT), new Choice.Leave()),
                Menu.Entry.of(
                        "candidate",
                        Line.of("   run the candidate on sample packets", Ink.TEXT),
                        new Choice.Test(new SwapRequest.TestRun.Asked(
                                SwapRequest.TestRun.Programs.CANDIDATE, Optional.empty()))),
                Menu.Entry.of(
                        "both",
                        Line.of(
                                "   run the live program beside it",
                                Ink.TEXT,
                                "  it counts and writes into its live maps",
                                Ink.WARN),
                        new Choice.Test(
                                new SwapRequest.TestRun.Asked(SwapRequest.TestRun.Programs.BOTH, Optional.empty()))));
        return new Page.Choosing(Page.Subject.TEST_RUN, "a run touches the maps of the program", Menu.of(entries));
    }

    /** How long somebody has to say that it may stay. */
    static Page.Choosing windows() {
        List<Menu.Entry> entries = new ArrayList<>();
        entries.add(Menu.Entry.of(
                "usual",
                Line.of("   as usual", Ink.TEXT, "  60 s where SSH may come in through it, else none", Ink.DIM),
                new Choice.Within(new ConfirmWindow.Default())));
        for (int seconds : new int[] {30, 60, 300, 1800}) {
            Duration time = Duration.ofSeconds(seconds);
            entries.add(Menu.Entry.of(
                    "within " + seconds,
                    Line.of("   reverts in " + Countdown.of(time) + " unless confirmed", Ink.TEXT),
                    new Choice.Within(new ConfirmWindow.Within(time))));
        }
        entries.add(Menu.Entry.of(
                "none",
                Line.of("   stays without confirmation", Ink.WARN),
                new Choice.Within(new ConfirmWindow.None())));
        return new Page.Choosing(Page.Subject.WINDOW, "how long does it wait to be confirmed?", Menu.of(entries));
    }

    /** Of a group: how many go before the others, and how long they must hold. */
    static Page.Choosing canaries(int members) {
        List<Menu.Entry> entries = new ArrayList<>();
        entries.add(Menu.Entry.of(
                "all", Line.of("   all " + members + " at once", Ink.TEXT), new Choice.First(Optional.empty())));
        Set<Integer> firsts = new TreeSet<>(List.of(1, Math.max(1, members / 10), Math.max(1, members / 2)));
        for (int first : firsts) {
            for (int seconds : new int[] {10, 60, 300}) {
                Duration soak = Duration.ofSeconds(seconds);
                entries.add(Menu.Entry.of(
                        first + " " + seconds,
                        Line.of(
                                "   " + first + " first",
                                Ink.TEXT,
                                ", the other " + (members - first) + " after " + Countdown.of(soak)
                                        + " without trouble",
                                Ink.DIM),
                        new Choice.First(Optional.of(new SwapRequest.Canary(first, soak)))));
            }
        }
        return new Page.Choosing(Page.Subject.CANARY, "how many of them go first?", Menu.of(entries));
    }

    static Page.Choosing confirm(List<SwapRecord> pending, Instant now) {
        List<Menu.Entry> entries = new ArrayList<>();
        for (SwapRecord record : pending) {
            entries.add(Menu.Entry.of(record.id(), SwapLines.brief(record, now), new Choice.Confirm(record.id())));
        }
        return new Page.Choosing(Page.Subject.CONFIRM, "which of them may stay?", Menu.of(entries));
    }

    /** Leaving it is the focus, so that Enter alone does nothing. */
    static Page.Choosing undo(SwapRecord record) {
        List<Menu.Entry> entries = new ArrayList<>();
        for (SwapRecord.Member member : record.members()) {
            if (entries.size() == 8) {
                entries.add(
                        Menu.Entry.text(Line.of(" and " + (record.members().size() - 8) + " more places", Ink.DIM)));
                break;
            }
            entries.add(Menu.Entry.text(Line.of(
                    " " + member.ref() + "  ",
                    Ink.ACCENT,
                    member.to().map(ProgramMark::label).orElse("?") + " back to "
                            + member.from().map(ProgramMark::label).orElse("?"),
                    Ink.TEXT)));
        }
        entries.add(Menu.Entry.text(
                Line.of(" swapped by " + record.by().user() + " (" + record.by().comm() + ")", Ink.DIM)));
        entries.add(Menu.Entry.text(Line.EMPTY));
        entries.add(Menu.Entry.of("leave", Line.of("   leave it as it is", Ink.TEXT), new Choice.Leave()));
        entries.add(Menu.Entry.of(
                record.id(), Line.of("   undo " + SwapLines.places(record), Ink.WARN), new Choice.Undo(record.id())));
        return new Page.Choosing(
                Page.Subject.UNDO, "undo the swap of " + SwapLines.places(record) + "?", Menu.of(entries));
    }

    static Page.Choosing swaps(State state) {
        return new Page.Choosing(Page.Subject.SWAPS, "swaps, the newest first", Menu.of(records(state)));
    }

    static Offer records(State state) {
        List<SwapRecord> records = state.swaps().records();
        Sieve sieve = Sieve.of(Page.Subject.SWAPS, state);
        if (records.isEmpty()) {
            sieve.read(List.of(Line.of(" Nothing was swapped yet, as far as the journal tells.", Ink.TEXT)));
        }
        for (SwapRecord record : records) {
            if (sieve.passes(SwapLines.said(record))) {
                sieve.add(Menu.Entry.of(
                        record.id(), SwapLines.brief(record, state.world().now()), new Choice.Show(record.id())));
            }
        }
        return sieve.offer();
    }
}
