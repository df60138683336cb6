package bpfbay.tui.state;

import bpfbay.disasm.Disassembly;
import bpfbay.model.ObjectId;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.CodeText;
import bpfbay.tui.page.MapText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How an event changes the state. */
public final class Update {
    private static final Duration NOTICE = Duration.ofSeconds(8);

    private Update() {}

    public static Step apply(State state, Event event) {
        Step step = applied(state, event);
        return isPlanLeft(state, step) ? step.and(new Effect.Swap(new SwapWish.Drop())) : step;
    }

    /** However a plan went off the screen: its lock and its guard process go too, unless it is committed. */
    private static boolean isPlanLeft(State before, Step step) {
        return before.desk().find(Page.Planning.class).isPresent()
                && step.state().desk().find(Page.Planning.class).isEmpty()
                && step.effects().stream()
                        .noneMatch(
                                effect -> effect instanceof Effect.Swap swap && swap.wish() instanceof SwapWish.Commit);
    }

    private static Step applied(State state, Event event) {
        if (event instanceof Event.Typed typed) {
            return Keys.apply(state.with(state.looks().after(typed.key())), typed.key());
        } else if (event instanceof Event.Pasted pasted) {
            return state.prompt().isPresent() ? Prompts.paste(state, pasted.text()) : Step.to(state);
        } else if (event instanceof Event.Resized size) {
            return Step.to(Refresh.rebuild(state.with(state.looks().sized(size.columns(), size.rows()))));
        } else if (event instanceof Event.Glimpsed glimpsed) {
            return Step.to(glimpsed(state, glimpsed.snapshot()));
        } else if (event instanceof Event.Arrived arrived) {
            return arrived(state, arrived);
        } else if (event instanceof Event.Swap swap) {
            return SwapAnswers.apply(state, swap.news());
        } else if (event instanceof Event.StopWished) {
            return Step.to(state, new Effect.Suspend());
        } else if (event instanceof Event.Continued) {
            return Step.to(state, new Effect.Redraw());
        } else if (event instanceof Event.Ended) {
            return Step.to(state, new Effect.Quit());
        }
        return Step.to(simple(state, event));
    }

    private static State simple(State state, Event event) {
        if (event instanceof Event.Clock clock) {
            return clock(state, clock.now());
        } else if (event instanceof Event.PollFailed failed) {
            return state.with(state.world()
                    .withLive(state.world().live().failed(failed.why(), failed.at()))
                    .at(latest(state, failed.at())));
        } else if (event instanceof Event.Stepped stepped) {
            return TimeActions.stepped(state, stepped.account(), stepped.position());
        } else if (event instanceof Event.Dumped dumped) {
            ObjectId program = ObjectId.prog(dumped.dump().progId());
            return fetched(state, program, CodeText.of(Disassembly.of(dumped.dump())));
        } else if (event instanceof Event.Peeked peeked) {
            return peeked(state, peeked);
        } else if (event instanceof Event.NotFetched failed) {
            return fetched(state, failed.object(), List.of(Line.of("    " + failed.why(), Ink.WARN)));
        } else if (event instanceof Event.Told told) {
            return state.told(told.text(), told.tone());
        }
        return state;
    }

    private static State clock(State state, Instant now) {
        boolean isReplay = state.world().conduct() == World.Conduct.REPLAY;
        State later = isReplay ? state : state.with(state.world().at(now));
        boolean isRead = state.notice()
                .filter(notice -> Duration.between(notice.at(), now).compareTo(NOTICE) > 0)
                .isPresent();
        State quiet = isRead ? later.quiet() : later;
        return counts(quiet.desk().page()) ? Refresh.rebuild(quiet) : quiet;
    }

    /** Whether the page shows how time goes by. */
    private static boolean counts(Page page) {
        return page instanceof Page.Outcome
                || page instanceof Page.Swapped
                || (page instanceof Page.Choosing choosing && choosing.subject() == Page.Subject.SWAPS);
    }

    private static State glimpsed(State state, Snapshot snapshot) {
        World world = state.world();
        return Refresh.rebuild(
                state.with(world.withLive(world.live().glimpsed(snapshot)).at(latest(state, snapshot.takenAt()))));
    }

    private static Step arrived(State state, Event.Arrived arrived) {
        World world = state.world();
        World next = world.withLive(Feed.with(arrived.account(), arrived.pace()))
                .at(latest(state, arrived.account().snapshot().takenAt()));
        State later = state.with(next);
        State shown = world.frozen().isPresent() ? later : Refresh.rebuild(later);
        return SwapReasons.engine(shown).isPresent()
                ? Step.to(shown)
                : Step.to(shown, new Effect.Swap(new SwapWish.Look()));
    }

    private static Instant latest(State state, Instant at) {
        return at.isAfter(state.world().now()) ? at : state.world().now();
    }

    private static State peeked(State state, Event.Peeked peeked) {
        int id = peeked.contents().mapId();
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        return snapshot.flatMap(s -> s.map(id))
                .map(map -> fetched(state, map.object(), MapText.of(map, peeked.contents())))
                .orElse(state);
    }

    /** Only the open details page has a use for it. */
    private static State fetched(State state, ObjectId object, List<Line> lines) {
        if (!(state.desk().page() instanceof Page.Details)) {
            return state;
        }
        return Refresh.rebuild(state.with(state.world().withFetched(object, lines)));
    }
}
