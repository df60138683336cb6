package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import java.time.Instant;
import java.util.OptionalDouble;

/** Going to and fro in time, in pause and in a replay. */
final class TimeActions {
    private static final double SLOWEST = 0.25;
    private static final double FASTEST = 64;

    private TimeActions() {}

    static Step run(State state, Command command) {
        return switch (command) {
            case EARLIER -> go(state, new Journey.By(-1));
            case LATER -> go(state, new Journey.By(1));
            case OLDEST -> go(state, new Journey.ToEnd(Journey.Direction.EARLIER));
            case NEWEST -> go(state, new Journey.ToEnd(Journey.Direction.LATER));
            case CHANGE_BEFORE -> go(state, new Journey.ToChange(Journey.Direction.EARLIER));
            case CHANGE_AFTER -> go(state, new Journey.ToChange(Journey.Direction.LATER));
            case FINDING_BEFORE -> go(state, new Journey.ToFinding(Journey.Direction.EARLIER));
            case FINDING_AFTER -> go(state, new Journey.ToFinding(Journey.Direction.LATER));
            case PLAY -> speed(state).isPresent() ? go(state, new Journey.Stop()) : go(state, new Journey.Play(1));
            case FASTER ->
                go(state, new Journey.Play(Math.min(FASTEST, speed(state).orElse(0.5) * 2)));
            case SLOWER ->
                go(state, new Journey.Play(Math.max(SLOWEST, speed(state).orElse(2) / 2)));
            default -> Step.to(state);
        };
    }

    private static Step go(State state, Journey journey) {
        return Step.to(state, new Effect.Travel(journey));
    }

    private static OptionalDouble speed(State state) {
        return state.world().position().map(Position::speed).orElse(OptionalDouble.empty());
    }

    /** The picture stands still, and the last hour with it. */
    static Step pause(State state) {
        if (state.world().frozen().isPresent()) {
            return new Step(
                    Refresh.rebuild(state.with(state.world().resumed())),
                    java.util.List.of(new Effect.Travel(new Journey.Release())));
        }
        return Step.to(
                state.with(state.world().paused())
                        .told("held: ← → step, [ ] go to what happened, d compares, p goes on"),
                new Effect.Travel(new Journey.Hold()));
    }

    /** A picture of another moment. One that comes after the pause has ended is of no use any more. */
    static State stepped(State state, Account account, Position position) {
        World world = state.world();
        if (world.conduct() == World.Conduct.REPLAY) {
            Instant then = account.snapshot().takenAt();
            World there = world.withLive(Feed.with(account, world.live().pace()))
                    .standing(position)
                    .at(then);
            return Refresh.rebuild(state.with(there));
        }
        return world.frozen().isPresent()
                ? Refresh.rebuild(state.with(world.holding(account).standing(position)))
                : state;
    }
}
