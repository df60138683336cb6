package bpfbay.diagnose;

import bpfbay.history.Authors;
import bpfbay.history.Changes;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.OwnSwap;
import bpfbay.history.Recent;
import bpfbay.history.Recording;
import bpfbay.history.Ring;
import bpfbay.history.Sharing;
import bpfbay.model.Clue;
import bpfbay.model.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps up with a host: takes its pictures as they come and says of each what happened and what is wrong.
 * The same pictures give the same accounts, live or from a file. One thread.
 */
public final class Watch {
    /** How young a thing is not judged yet, unless one says otherwise. */
    public static final Duration HOLD_DOWN = Duration.ofSeconds(10);

    private static final int MOST_TOLD = 2000;

    /** Whether the pictures of the last hour are kept, to step back to. */
    public enum Memory {
        NONE,
        HOUR
    }

    /** What it knows beside the last picture. */
    record State(int looks, Recent recent, List<Occurrence> timeline, Optional<Instant> since) {
        static final State NOTHING = new State(0, Recent.NOTHING, List.of(), Optional.empty());
    }

    private final Duration holdDown;
    private final Duration marked;
    private final Memory memory;
    private final Supplier<List<OwnSwap>> swaps;
    private Optional<Diagnostician> rules = Optional.empty();
    private List<Clue> earlier = List.of();
    private State state = State.NOTHING;
    private Optional<Snapshot> last = Optional.empty();
    private List<Occurrence> news = List.of();
    private Optional<Changes> step = Optional.empty();
    private volatile Optional<Ring> ring = Optional.empty();

    /**
     * A watch that has seen nothing yet.
     *
     * @param marked how long a change stays marked
     * @param swaps what bpfbay itself has put somewhere; asked only where a program was replaced
     */
    public Watch(Duration holdDown, Duration marked, Memory memory, Supplier<List<OwnSwap>> swaps) {
        this.holdDown = holdDown;
        this.marked = marked;
        this.memory = memory;
        this.swaps = swaps;
    }

    /** One that knew so much after that picture. */
    static Watch of(State state, Snapshot last, Duration holdDown, Duration marked) {
        Watch watch = new Watch(holdDown, marked, Memory.NONE, List::of);
        watch.state = state;
        watch.last = Optional.of(last);
        return watch;
    }

    State state() {
        return state;
    }

    /** As below, where nobody has told anything. */
    public Account after(Snapshot now) {
        return after(now, List.of());
    }

    /**
     * The account of one more picture.
     *
     * @param clues told since the last picture of those who changed something
     */
    public Account after(Snapshot now, List<Clue> clues) {
        see(now, clues);
        return account();
    }

    /**
     * Takes in one more picture; true where something happened. The first look at a host is made in a hurry
     * and the second sees more, so that changes count from the second on.
     *
     * @param authors of what happened, as it was known when the picture was taken
     */
    boolean see(Snapshot now, Map<Integer, Author> authors) {
        return see(now, happened -> Authors.signed(happened, authors));
    }

    private void see(Snapshot now, List<Clue> clues) {
        see(now, happened -> signed(happened, clues));
        earlier = clues;
    }

    /* Whoever reads a host makes all attachments anew when one has changed; what is equal is kept once. */
    private boolean see(Snapshot seen, UnaryOperator<List<Occurrence>> sign) {
        Snapshot now = last.map(before -> Sharing.of(before, seen)).orElse(seen);
        if (isComparing()) {
            Changes changes = Changes.between(last.orElseThrow(), now);
            news = sign.apply(changes.occurrences());
            state = new State(state.looks() + 1, state.recent().after(changes, marked), told(news), state.since());
            remember(changes);
            step = Optional.of(changes);
        } else {
            state = new State(state.looks() + 1, state.recent(), state.timeline(), Optional.of(now.takenAt()));
        }
        last = Optional.of(now);
        return !news.isEmpty();
    }

    private void remember(Changes changes) {
        if (memory == Memory.HOUR) {
            ring = Optional.of(
                    ring.map(kept -> kept.after(changes, Authors.of(news))).orElseGet(() -> Ring.of(changes.after())));
        }
    }

    /** Whether the next picture will be compared with one that saw everything. */
    public boolean isComparing() {
        return state.looks() > 1;
    }

    /** Of the last picture; there must have been one. */
    Account account() {
        Snapshot now = last.orElseThrow();
        Scene scene = new Scene(now, state.timeline(), state.since(), holdDown);
        Optional<Diagnosis> diagnosis = isComparing() ? Optional.of(judge(scene)) : Optional.empty();
        return new Account(now, state.recent(), state.timeline(), news, state.since(), diagnosis);
    }

    /** The rules are made when they are first asked: the first picture comes sooner without them. */
    private Diagnosis judge(Scene scene) {
        if (rules.isEmpty()) {
            rules = Optional.of(new Diagnostician());
        }
        Diagnosis judged = rules.get().judge(scene, step);
        step = Optional.empty();
        return judged;
    }

    /** What can be stepped back to; any thread. Empty before the first picture, or where nothing is kept. */
    public Optional<Recording> recording() {
        return ring.map(kept -> kept);
    }

    /** A clue may have come just before the picture before, which did not show what it is about. */
    private List<Occurrence> signed(List<Occurrence> happened, List<Clue> clues) {
        if (happened.isEmpty()) {
            return happened;
        }
        List<Clue> all = new ArrayList<>(earlier);
        all.addAll(clues);
        Authors authors = new Authors(all, swaps);
        return happened.stream().map(authors::sign).toList();
    }

    private List<Occurrence> told(List<Occurrence> more) {
        if (more.isEmpty()) {
            return state.timeline();
        }
        List<Occurrence> told = new ArrayList<>(state.timeline());
        told.addAll(more);
        return List.copyOf(told.subList(Math.max(0, told.size() - MOST_TOLD), told.size()));
    }
}
