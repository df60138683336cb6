package bpfbay.tui.state;

import static bpfbay.tui.state.Notice.Tone.WARNING;

import bpfbay.swap.Candidate;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.SwapLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the engine's answers change on the screen. An answer that nobody waits for any more changes nothing. */
final class SwapAnswers {
    private static final int MOST_PATHS = 40;

    private SwapAnswers() {}

    static Step apply(State state, SwapNews news) {
        if (news instanceof SwapNews.Planned planned) {
            return Step.to(waiting(state, planned.request())
                    .map(page -> amend(
                            state,
                            page,
                            new Page.Planning(
                                    page.aim(),
                                    page.request(),
                                    Optional.of(new Page.Drawn(planned.plan(), planned.outcome())))))
                    .orElse(state));
        } else if (news instanceof SwapNews.NotPlanned failed) {
            return Step.to(waiting(state, failed.request())
                    .map(page ->
                            amend(state, page, new Page.Unplanned(page.aim().label(), failed.why())))
                    .orElse(state));
        } else if (news instanceof SwapNews.Probed probed) {
            return waiting(state, probed.before())
                    .map(page -> SwapActions.probing(state.quiet(), page, probed.now()))
                    .orElse(Step.to(state));
        } else if (news instanceof SwapNews.Stepped stepped) {
            return Step.to(working(state)
                    .map(page -> amend(state, page, new Page.Working(page.what(), Optional.of(stepped.step()))))
                    .orElse(state));
        } else if (news instanceof SwapNews.Ended ended) {
            return ended(state, ended.outcome());
        } else if (news instanceof SwapNews.NotDone notDone) {
            return Step.to(working(state)
                    .map(page -> amend(state, page, new Page.Unplanned(page.what(), notDone.why())))
                    .orElse(state));
        } else if (news instanceof SwapNews.Listed listed) {
            return Step.to(listed(state, listed.records()));
        } else if (news instanceof SwapNews.NoEngine none) {
            return Step.to(state.with(state.swaps().without(none.why())));
        }
        return file(state, news);
    }

    private static State amend(State state, Page before, Page now) {
        return Refresh.rebuild(state.with(state.desk().amended(before, now)));
    }

    private static Optional<Page.Planning> waiting(State state, bpfbay.swap.SwapRequest request) {
        return state.desk().find(Page.Planning.class).filter(page -> page.request()
                .equals(request));
    }

    private static Optional<Page.Working> working(State state) {
        return state.desk().find(Page.Working.class);
    }

    /** The outcome stays until it is dismissed; the rows that were picked for it are let go of. */
    private static Step ended(State state, SwapOutcome outcome) {
        Page page = new Page.Outcome(outcome);
        State told = working(state)
                .map(before -> amend(state, before, page))
                .orElseGet(() -> Refresh.rebuild(state.with(state.desk().opened(page))));
        boolean isDone = outcome instanceof SwapOutcome.Swapped || outcome instanceof SwapOutcome.Pending;
        return Step.to(isDone ? told.with(told.desk().unpicked()) : told, new Effect.PollNow());
    }

    /** A swap that undid itself is said, since maybe nobody pressed a key. */
    private static State listed(State state, List<SwapRecord> records) {
        State known = state.with(state.swaps().with(records));
        for (SwapRecord before : state.swaps().pending()) {
            Optional<SwapRecord> now = known.swaps().record(before.id());
            if (now.filter(record -> record.standing() == SwapRecord.Standing.REVERTED)
                    .isPresent()) {
                known = known.told(SwapLines.places(before) + " was swapped back", WARNING);
            } else if (now.filter(record -> record.standing() == SwapRecord.Standing.CONFIRMED)
                    .isPresent()) {
                known = known.told(SwapLines.places(before) + " was confirmed and stays");
            }
        }
        return Refresh.rebuild(known);
    }

    private static Step file(State state, SwapNews news) {
        if (news instanceof SwapNews.NotRead failed) {
            return Step.to(state.desk().page().isChoosingOrPlanning() ? state.told(failed.why(), WARNING) : state);
        } else if (news instanceof SwapNews.Paths paths) {
            return Step.to(paths(state, paths));
        } else if (!(state.desk().page() instanceof Page.Choosing choosing)) {
            return Step.to(state);
        } else if (news instanceof SwapNews.Programs programs
                && choosing.menu().chosen().orElse(new Choice.Leave()) instanceof Choice.AskFile ask) {
            return programs(state, ask.aim(), programs);
        }
        return Step.to(state);
    }

    /** As far as all paths agree; which there are stands below the menu. */
    private static State paths(State state, SwapNews.Paths paths) {
        Optional<Prompt> prompt =
                state.prompt().filter(p -> p.isOfPath() && p.text().equals(paths.begun()));
        if (prompt.isEmpty()) {
            return state;
        }
        List<Line> lines = new ArrayList<>();
        if (paths.paths().isEmpty()) {
            lines.add(Line.of("   no file begins like that", Ink.WARN));
        } else if (paths.paths().size() > 1) {
            paths.paths().stream().limit(MOST_PATHS).forEach(path -> lines.add(Line.of("   " + path, Ink.DIM)));
        }
        State noted = noted(state, paths, lines);
        return paths.paths().isEmpty() ? noted : noted.asking(prompt.get().with(Completion.common(paths.paths())));
    }

    /** A plan has no room below for them. */
    private static State noted(State state, SwapNews.Paths paths, List<Line> lines) {
        if (state.desk().page() instanceof Page.Choosing choosing) {
            return state.with(
                    state.desk().amended(choosing, choosing.with(choosing.menu().noting(lines))));
        }
        return paths.paths().isEmpty() ? state.told("no file begins like that", WARNING) : state;
    }

    private static Step programs(State state, Aim aim, SwapNews.Programs programs) {
        List<SwapNews.Defined> fitting = programs.programs().stream()
                .filter(program -> program.type().equals(aim.type()))
                .toList();
        if (fitting.isEmpty()) {
            return Step.to(
                    state.told(programs.file() + " holds no " + aim.type().label() + " program", WARNING));
        } else if (fitting.size() == 1) {
            return SwapActions.plan(
                    state.quiet(),
                    aim,
                    new Candidate.OfObject(
                            Path.of(programs.file()), Optional.of(fitting.get(0).name())));
        }
        State several = state.quiet();
        return Step.to(Refresh.rebuild(
                several.with(several.desk().opened(SwapMenus.programs(aim, programs.file(), fitting)))));
    }
}
