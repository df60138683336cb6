package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.export.DiffText;
import bpfbay.export.Escaper;
import bpfbay.history.Comparison;
import bpfbay.history.Difference;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.DifferenceText;
import java.util.List;
import java.util.Optional;

/**
 * The marked moment beside the one that is shown, the earlier one first, and what differs between them.
 *
 * @param isMarkLater whether one went to before the mark
 */
public record Comparing(Snapshot before, Snapshot after, boolean isMarkLater, List<Difference> differences) {
    /** Empty where there is no mark, or nothing to compare it with. */
    public static Optional<Comparing> of(State state) {
        Optional<Snapshot> shown = state.world().shown().snapshot();
        Optional<Snapshot> mark = state.world().mark();
        return mark.isPresent() && shown.isPresent() ? Optional.of(of(mark.get(), shown.get())) : Optional.empty();
    }

    private static Comparing of(Snapshot mark, Snapshot shown) {
        boolean isMarkLater = mark.takenAt().isAfter(shown.takenAt());
        Snapshot before = isMarkLater ? shown : mark;
        Snapshot after = isMarkLater ? mark : shown;
        return new Comparing(before, after, isMarkLater, Comparison.of(before, after));
    }

    /** Why nothing can be marked or compared now. */
    static Optional<String> whyNot(State state) {
        Optional<Account> account = state.world().shown().account();
        if (account.flatMap(Account::since).isEmpty()) {
            return Optional.of("there is no whole picture yet");
        }
        return state.desk().page() instanceof Page.Choosing menu
                        && !menu.subject().isView()
                ? Optional.of("Esc leaves this first")
                : Optional.empty();
    }

    boolean isOneMoment() {
        return before.takenAt().equals(after.takenAt());
    }

    /** As the command prints it. */
    String text() {
        return DiffText.of(before, after, differences);
    }

    /** Marks the moment that is shown; once there is a mark, shows what differs; there, takes the mark along. */
    static Step run(State state) {
        Optional<Comparing> compared = of(state);
        if (compared.isEmpty()) {
            return Step.to(marked(state).told("marked " + clock(state) + ": at another moment d shows what differs"));
        } else if (!state.desk().page().isOf(Page.Subject.DIFFERENCES)) {
            return Step.to(Refresh.rebuild(state.with(state.desk().opened(page(compared.get(), state)))));
        } else if (compared.get().isOneMoment()) {
            State unmarked = state.with(state.world().marking(Optional.empty()));
            return Step.to(
                    Refresh.rebuild(unmarked.with(unmarked.desk().closed())).told("no moment is marked any more"));
        }
        return Step.to(Refresh.rebuild(marked(state)).told("marked " + clock(state) + " instead"));
    }

    private static State marked(State state) {
        return state.with(state.world().marking(state.world().shown().snapshot()));
    }

    private static String clock(State state) {
        return state.world()
                .shown()
                .snapshot()
                .map(snapshot -> Utc.time(snapshot.takenAt()))
                .orElse("");
    }

    private static Page.Choosing page(Comparing compared, State state) {
        return new Page.Choosing(Page.Subject.DIFFERENCES, compared.title(), Menu.of(compared.offer(state)));
    }

    /** The open page by what is marked and shown now. */
    static Page.Choosing again(Page.Choosing open, State state) {
        return of(state)
                .map(compared -> new Page.Choosing(
                        open.subject(), compared.title(), open.menu().with(compared.offer(state), state.bodyHeight())))
                .orElse(open);
    }

    private String title() {
        return isOneMoment()
                ? "the marked moment, " + Utc.time(after.takenAt())
                : DifferenceText.title(before, after, differences.size());
    }

    private Offer offer(State state) {
        int columns = state.looks().columns();
        Sieve sieve = Sieve.of(Page.Subject.DIFFERENCES, state);
        if (isOneMoment()) {
            sieve.read(List.of(
                    text(" This is the marked moment itself."),
                    text(" Go to another one, and what differs stands here; d takes the mark away.")));
            return sieve.offer();
        }
        String first = isMarkLater ? "shown" : "the mark";
        String second = isMarkLater ? "the mark" : "shown";
        sieve.read(DifferenceText.legend(before, first, after, second, columns));
        if (differences.isEmpty()) {
            sieve.read(List.of(Line.EMPTY, text(" Names, order, builds, modes, owners and pins are the same.")));
        }
        Optional<String> scope = Optional.empty();
        for (Difference difference : differences) {
            if (sieve.passes(DifferenceText.said(difference))) {
                if (scope.filter(difference.scope()::equals).isEmpty()) {
                    sieve.read(List.of(Line.EMPTY));
                    scope = Optional.of(difference.scope());
                }
                List<Line> lines = DifferenceText.of(difference, columns);
                String key = difference.ref() + " " + difference.what();
                sieve.add(Menu.Entry.of(key, lines.get(0), new Choice.GoTo(difference.ref())));
                sieve.read(lines.subList(1, lines.size()));
            }
        }
        Comparison.ownersUnseen(before, after)
                .ifPresent(why -> sieve.read(
                        List.of(Line.EMPTY, Line.of(" Owners were not compared: " + Escaper.escape(why), Ink.DIM))));
        return sieve.offer();
    }

    private static Line text(String text) {
        return Line.of(text, Ink.TEXT);
    }
}
