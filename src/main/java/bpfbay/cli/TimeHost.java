package bpfbay.cli;

import bpfbay.diagnose.Rewind;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recording;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Journey.Direction;
import bpfbay.tui.state.Notice;
import bpfbay.tui.state.Position;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Finds the pictures of other moments for the screen, on a thread of its own. */
final class TimeHost implements AutoCloseable {
    private final Supplier<Optional<Recording>> source;
    private final Duration marked;
    private final BlockingQueue<Event> events;
    private final BlockingQueue<Journey> journeys = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "bpfbay-time");
    private Optional<Rewind> rewind = Optional.empty();
    private int index;
    private OptionalDouble speed = OptionalDouble.empty();

    /**
     * @param source what is held when it is asked to; of the live host the last hour until then
     * @param marked how long a change stays marked
     */
    TimeHost(Supplier<Optional<Recording>> source, Duration marked, BlockingQueue<Event> events) {
        this.source = source;
        this.marked = marked;
        this.events = events;
        thread.setDaemon(true);
    }

    /** The thread begins with the first journey: most screens see none. */
    void go(Journey journey) {
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        }
        journeys.add(journey);
    }

    private void serve() {
        try {
            while (true) {
                Journey journey = next();
                if (journey instanceof Journey.Hold) {
                    hold();
                } else if (journey instanceof Journey.Release) {
                    rewind = Optional.empty();
                    speed = OptionalDouble.empty();
                } else if (rewind.isPresent()) {
                    travel(rewind.get(), journey);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next wish; while it plays, the next picture when its time has come. */
    private Journey next() throws InterruptedException {
        if (speed.isEmpty() || rewind.isEmpty()) {
            return journeys.take();
        }
        Recording recording = rewind.get().recording();
        if (index >= recording.size() - 1) {
            return new Journey.Stop();
        }
        Duration between = Duration.between(recording.at(index), recording.at(index + 1));
        long wait = (long) (Math.min(between.toMillis(), Journey.LONGEST_WAIT.toMillis()) / speed.getAsDouble());
        Journey wish = journeys.poll(wait, TimeUnit.MILLISECONDS);
        return wish == null ? new Journey.By(1) : wish;
    }

    /** From the last picture one goes back; a file begins with its first. */
    private void hold() {
        rewind = source.get().map(recording -> new Rewind(recording, Watch.HOLD_DOWN, marked));
        index = rewind.map(held -> held.recording().size() - 1).orElse(0);
    }

    private void travel(Rewind held, Journey journey) {
        int last = held.recording().size() - 1;
        if (journey instanceof Journey.By by) {
            show(held, Math.max(0, Math.min(last, index + by.pictures())));
        } else if (journey instanceof Journey.ToEnd end) {
            show(held, end.way() == Direction.EARLIER ? 0 : last);
        } else if (journey instanceof Journey.ToChange change) {
            boolean isBack = change.way() == Direction.EARLIER;
            arrive(
                    held,
                    isBack ? held.changeBefore(index) : held.changeAfter(index),
                    isBack ? "nothing happened before this" : "nothing happened after this");
        } else if (journey instanceof Journey.ToFinding finding) {
            boolean isBack = finding.way() == Direction.EARLIER;
            arrive(
                    held,
                    isBack ? held.findingBefore(index) : held.findingAfter(index),
                    isBack ? "no new warning before this" : "no new warning after this");
        } else if (journey instanceof Journey.Play play) {
            speed = OptionalDouble.of(play.speed());
            show(held, index >= last ? 0 : index);
        } else if (journey instanceof Journey.Stop) {
            speed = OptionalDouble.empty();
            show(held, index);
        }
    }

    private void arrive(Rewind held, OptionalInt found, String nothing) {
        if (found.isPresent()) {
            show(held, found.getAsInt());
        } else {
            events.add(new Event.Told(nothing, Notice.Tone.PLAIN));
        }
    }

    private void show(Rewind held, int wanted) {
        index = wanted;
        Position position = new Position(index, held.recording().size(), speed);
        events.add(new Event.Stepped(held.at(index), position));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
