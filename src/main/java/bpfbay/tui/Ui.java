package bpfbay.tui;

import bpfbay.model.RawText;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.State;
import bpfbay.tui.state.Step;
import bpfbay.tui.state.Update;
import bpfbay.tui.terminal.Clipboard;
import bpfbay.tui.terminal.Input;
import bpfbay.tui.terminal.Surface;
import bpfbay.tui.terminal.TerminalKind;
import bpfbay.tui.terminal.Wire;
import bpfbay.tui.view.Screenful;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The screen's thread: takes events from its queue, changes the state, draws it. Everything else talks to it
 * by the queue, from any thread.
 */
public final class Ui {
    /** How long nothing is drawn: seldom longer than the first picture takes, which spares a frame that nobody could read. */
    private static final Duration FOR_FIRST_PICTURE = Duration.ofMillis(250);

    private final Surface surface;
    private final Runnable stop;
    private final Host host;
    private final Clock clock;
    private final Clipboard clipboard;
    private final Painter painter;
    private final BlockingQueue<Event> events;
    private State state;
    private boolean isOver;

    /**
     * Enters the terminal; nothing is drawn before {@link #run}.
     *
     * @param stop stops the process, which goes on with an {@link Input.Continued}
     * @param environment for TMUX and its like
     */
    public Ui(
            Wire wire,
            TerminalKind kind,
            Runnable stop,
            Host host,
            State start,
            Clock clock,
            Map<String, String> environment,
            BlockingQueue<Event> events) {
        this.surface = new Surface(wire, kind);
        this.stop = stop;
        this.host = host;
        this.state = start;
        this.clock = clock;
        this.clipboard = new Clipboard(wire, kind, environment);
        this.painter = new Painter(surface);
        this.events = events;
    }

    /** What comes from the terminal, as an event. */
    public static Event event(Input input) {
        return Inputs.event(input);
    }

    /** Returns when the screen is left or its terminal is gone. */
    public void run() {
        resized();
        applyAll(next(FOR_FIRST_PICTURE));
        while (!isOver) {
            paint();
            applyAll(next(untilNextSecond()).or(() -> Optional.of(new Event.Clock(clock.instant()))));
        }
    }

    /** That one and what waits behind it. */
    private void applyAll(Optional<Event> first) {
        Optional<Event> event = first;
        while (event.isPresent() && !isOver) {
            apply(event.get());
            event = Optional.ofNullable(events.poll());
        }
    }

    private Duration untilNextSecond() {
        Instant now = clock.instant();
        return Duration.between(now, now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1))
                .plusMillis(1);
    }

    /** The next event; none where none comes for so long. */
    private Optional<Event> next(Duration longest) {
        try {
            return Optional.ofNullable(events.poll(longest.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new Event.Ended());
        }
    }

    private void apply(Event event) {
        Step step = Update.apply(state, event);
        state = step.state();
        if (event instanceof Event.Resized) {
            surface.resize();
            painter.forget();
        } else if (event instanceof Event.Continued) {
            surface.resume();
            resized();
        }
        step.effects().forEach(this::perform);
    }

    private void paint() {
        painter.paint(Screenful.draw(state), state.looks().theme());
    }

    /** Takes over a size that changed while nobody looked. */
    private void resized() {
        painter.forget();
        if (surface.columns() != state.looks().columns()
                || surface.rows() != state.looks().rows()) {
            apply(new Event.Resized(surface.columns(), surface.rows()));
        }
    }

    private void perform(Effect effect) {
        if (effect instanceof Effect.Copy copy) {
            clipboard.copy(RawText.encode(copy.text()));
        } else if (effect instanceof Effect.Export export) {
            State shown = state;
            Thread writer = new Thread(() -> events.add(Exporter.write(shown, export)), "bpfbay-export");
            writer.setDaemon(true);
            writer.start();
        } else if (effect instanceof Effect.Fetch fetch) {
            host.fetch(fetch.object());
        } else if (effect instanceof Effect.Count count) {
            host.count(count.mode());
        } else if (effect instanceof Effect.PollNow) {
            host.pollNow();
        } else if (effect instanceof Effect.Swap swap) {
            host.swap(swap.wish());
        } else if (effect instanceof Effect.Travel travel) {
            host.travel(travel.journey());
        } else if (effect instanceof Effect.Suspend) {
            stop.run();
        } else if (effect instanceof Effect.Redraw) {
            surface.redraw();
            painter.forget();
        } else if (effect instanceof Effect.Quit) {
            isOver = true;
        }
    }
}
