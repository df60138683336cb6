package bpfbay.tui;

import bpfbay.model.Snapshot;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Grid;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Key;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.State;
import bpfbay.tui.state.Step;
import bpfbay.tui.state.Update;
import bpfbay.tui.state.World;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.view.Screenful;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Drives a state by keys and snapshots, as an operator and a host would. */
public final class Driver {
    public static final Instant NOW = SnapshotBuilder.TAKEN_AT.plusMillis(300);

    private State state;
    private final List<Effect> effects = new ArrayList<>();

    public Driver(int columns, int rows) {
        this(new Looks(columns, rows, Theme.DARK, Glyphs.UNICODE));
    }

    public Driver(Looks looks) {
        this.state = State.start(looks, NetnsChoice.ALL, Sampling.SAMPLE, World.Conduct.FREE, NOW);
    }

    public State state() {
        return state;
    }

    public List<Effect> effects() {
        return effects;
    }

    public Driver on(Event event) {
        Step step = Update.apply(state, event);
        state = step.state();
        effects.addAll(step.effects());
        return this;
    }

    /** The second look at a host, from which on changes count. */
    public Driver see(Snapshot snapshot) {
        if (state.world().live().snapshot().isEmpty()) {
            on(new Event.Arrived(snapshot, Duration.ofSeconds(1)));
        }
        return on(new Event.Arrived(snapshot, Duration.ofSeconds(1)));
    }

    /** Characters are keys; a word in angle brackets is a named one, {@code <C-c>} a control key. */
    public Driver press(String keys) {
        for (int i = 0; i < keys.length(); ) {
            int close = keys.charAt(i) == '<' ? keys.indexOf('>', i) : -1;
            if (close > 0) {
                on(new Event.Typed(named(keys.substring(i + 1, close))));
                i = close + 1;
            } else {
                on(new Event.Typed(Key.of(keys.codePointAt(i))));
                i += Character.charCount(keys.codePointAt(i));
            }
        }
        return this;
    }

    public Driver wait(Duration time) {
        return on(new Event.Clock(state.world().now().plus(time)));
    }

    public Grid draw() {
        return Screenful.draw(state);
    }

    private static Key named(String name) {
        return name.startsWith("C-") ? Key.ctrl(name.charAt(2)) : Key.of(Key.Name.valueOf(name));
    }
}
