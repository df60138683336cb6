package bpfbay.tui.view;

import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.export.Columns;
import bpfbay.export.Countdown;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.page.SwapLines;
import bpfbay.tui.state.Feed;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.State;
import bpfbay.tui.state.World;
import bpfbay.tui.table.HookText;
import bpfbay.tui.table.Table;
import bpfbay.tui.table.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/*
 * The pieces stand in one order and leave in another: what warns goes last, so that a narrow screen still
 * says that its data are old.
 */
/** The first line: which host, when, at what pace, how many, and whether the picture can be trusted. */
final class HeaderView {
    private static final int GAP = 2;

    /** A piece of the line; the higher the rank, the sooner it leaves. */
    private record Piece(String text, Ink ink, int rank) {
        int width() {
            return Columns.width(text) + GAP;
        }
    }

    private HeaderView() {}

    static void draw(State state, Canvas canvas) {
        List<Piece> pieces = pieces(state);
        String help = "?help";
        int room = canvas.columns() - 1;
        while (width(pieces) > room - GAP - help.length() && pieces.size() > 1) {
            int least = leastWanted(pieces);
            if (pieces.get(least).rank() == 0) {
                break;
            }
            pieces.remove(least);
        }
        int x = 1;
        for (Piece piece : pieces) {
            x = canvas.put(x, 0, piece.text(), piece.ink()) + GAP;
        }
        if (x + help.length() < canvas.columns()) {
            canvas.putRight(canvas.columns() - 1, 0, help, Ink.KEY, help.length());
        }
    }

    private static int leastWanted(List<Piece> pieces) {
        int found = 0;
        for (int i = 1; i < pieces.size(); i++) {
            if (pieces.get(i).rank() > pieces.get(found).rank()) {
                found = i;
            }
        }
        return found;
    }

    private static int width(List<Piece> pieces) {
        int sum = 0;
        for (Piece piece : pieces) {
            sum += piece.width();
        }
        return sum;
    }

    private static List<Piece> pieces(State state) {
        List<Piece> pieces = new ArrayList<>();
        World world = state.world();
        Feed feed = world.shown();
        pieces.add(new Piece("bpfbay", Ink.TITLE, 9));
        Optional<Snapshot> snapshot = feed.snapshot();
        if (snapshot.isPresent()) {
            pieces.add(new Piece(snapshot.get().host().name(), Ink.TITLE, 2));
            pieces.add(new Piece(snapshot.get().host().kernel(), Ink.TEXT, 8));
        }
        if (state.looks().presence().names() == Presence.Names.REPLACED) {
            pieces.add(new Piece("redacted", Ink.ACCENT, 5));
        }
        pieces.add(new Piece(Utc.time(world.now()), Ink.TEXT, 4));
        pace(world, feed, pieces);
        if (world.mark().isPresent()) {
            pieces.add(new Piece("mark " + Utc.time(world.mark().get().takenAt()), Ink.ACCENT, 3));
        }
        failure(feed, pieces);
        countdown(state, pieces);
        counts(state, pieces);
        findings(feed, pieces);
        netns(state, pieces);
        problems(feed, pieces);
        return pieces;
    }

    /** The pace while it is kept; how old the picture is once two of them were missed. */
    private static void pace(World world, Feed feed, List<Piece> pieces) {
        if (world.conduct() == World.Conduct.REPLAY) {
            pieces.add(new Piece("REPLAY" + where(world), Ink.WARN, 0));
        } else if (world.frozen().isPresent()) {
            pieces.add(new Piece("PAUSED, " + Units.age(world.age()) + " old" + where(world), Ink.WARN, 0));
        } else if (feed.snapshot().isEmpty()) {
            pieces.add(new Piece("looking at the kernel", Ink.DIM, 1));
        } else if (world.age().compareTo(feed.pace().multipliedBy(2).plusSeconds(1)) > 0) {
            pieces.add(new Piece("DATA " + Units.age(world.age()) + " OLD", Ink.WARN, 0));
        } else {
            pieces.add(new Piece("every " + Units.pace(feed.pace()), Ink.TEXT, 7));
        }
    }

    private static void failure(Feed feed, List<Piece> pieces) {
        if (feed.failure().isPresent()) {
            Feed.Failure failure = feed.failure().get();
            String failed = failure.times() > 1 ? failure.times() + " polls failed" : "poll failed";
            pieces.add(new Piece(failed, Ink.BAD, 1));
            pieces.add(new Piece(failure.why(), Ink.BAD, 6));
        }
    }

    /** Which picture of how many, and how fast they go by. */
    private static String where(World world) {
        return world.position()
                .map(at -> " " + (at.index() + 1) + "/" + at.size()
                        + (at.speed().isPresent()
                                ? " x" + Units.factor(at.speed().getAsDouble())
                                : ""))
                .orElse("");
    }

    /** Warnings and worse; what is only worth knowing is counted where there is room. */
    private static void findings(Feed feed, List<Piece> pieces) {
        List<Finding> findings = feed.diagnosis().findings();
        int bad = feed.diagnosis().bad().size();
        if (bad > 0) {
            boolean isCritical = findings.get(0).severity() == Severity.CRITICAL;
            pieces.add(new Piece(bad + (bad == 1 ? " finding" : " findings"), isCritical ? Ink.BAD : Ink.WARN, 2));
        } else if (!findings.isEmpty()) {
            pieces.add(new Piece(findings.size() + " info", Ink.DIM, 8));
        }
    }

    /** What undoes itself stands on every page, for everybody who looks on. */
    private static void countdown(State state, List<Piece> pieces) {
        List<SwapRecord> pending = state.swaps().pending();
        if (pending.isEmpty()) {
            return;
        }
        String left = SwapLines.left(pending.get(0), state.world().now())
                .map(time -> time.isZero() ? "reverts now" : "reverts in " + Countdown.of(time))
                .orElse("reverts");
        String who = pending.size() > 1
                ? pending.size() + " swaps, the first"
                : pending.get(0).members().size() == 1
                        ? pending.get(0).members().get(0).ref()
                        : pending.get(0).members().size() + " places";
        pieces.add(new Piece(who, Ink.WARN, 3));
        pieces.add(new Piece(left + " unless confirmed (c)", Ink.WARN, 0));
    }

    private static void counts(State state, List<Piece> pieces) {
        if (state.desk().page() instanceof Page.Choosing list && list.menu().hidden() > 0) {
            int matching = list.menu().choices();
            String sieved = state.filter().isActive() ? " /" + state.filter().text() : "";
            String counted = list.subject().counted(matching + list.menu().hidden());
            pieces.add(new Piece(matching + " of " + counted + sieved, Ink.ACCENT, 1));
            return;
        } else if (!(state.desk().page() instanceof Page.Listing)
                || state.world().shown().snapshot().isEmpty()) {
            return;
        }
        Table table = state.desk().table();
        String counted = state.desk().view().counted(table.total());
        if (state.filter().isActive()) {
            pieces.add(new Piece(
                    table.matching() + " of " + counted + " /" + state.filter().text(), Ink.ACCENT, 1));
        } else {
            pieces.add(new Piece(counted, Ink.TEXT, 5));
        }
    }

    private static void netns(State state, List<Piece> pieces) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        OptionalLong inode = state.desk().netns().inode();
        if (inode.isPresent() && snapshot.isPresent()) {
            pieces.add(new Piece("netns " + HookText.netnsLabel(snapshot.get(), inode.getAsLong()), Ink.ACCENT, 2));
        }
    }

    private static void problems(Feed feed, List<Piece> pieces) {
        int count =
                feed.snapshot().isPresent() ? feed.snapshot().get().problems().size() : 0;
        if (count > 0) {
            pieces.add(new Piece(count + (count == 1 ? " problem" : " problems"), Ink.WARN, 6));
        }
    }
}
