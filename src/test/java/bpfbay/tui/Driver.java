package bpfbay.tui;

import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
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
import bpfbay.tui.state.SwapWish;
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

    private static final Effect LOOK = new Effect.Swap(new SwapWish.Look());

    private final Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, List::of);
    private State state;
    private int looks;
    private final List<Effect> effects = new ArrayList<>();

    public Driver(int columns, int rows) {
        this(new Looks(columns, rows, Theme.DARK, Glyphs.UNICODE));
    }

    public Driver(Looks looks) {
        this(looks, World.Conduct.FREE);
    }

    public Driver(World.Conduct conduct) {
        this(new Looks(80, 24, Theme.DARK, Glyphs.UNICODE), conduct);
    }

    private Driver(Looks looks, World.Conduct conduct) {
        this.state = State.start(looks, NetnsChoice.ALL, Sampling.SAMPLE, conduct, NOW);
    }

    public State state() {
        return state;
    }

    /** What was wished for, but the looks at the journal that go with every picture. */
    public List<Effect> effects() {
        return effects;
    }

    /** How often the engine was asked what the journal says. */
    public int looks() {
        return looks;
    }

    public Driver on(Event event) {
        Step step = Update.apply(state, event);
        state = step.state();
        for (Effect effect : step.effects()) {
            if (effect.equals(LOOK)) {
                looks++;
            } else {
                effects.add(effect);
            }
        }
        return this;
    }

    /** The second look at a host, from which on changes count. */
    public Driver see(Snapshot snapshot) {
        if (state.world().live().snapshot().isEmpty()) {
            on(new Event.Arrived(watch.after(snapshot), Duration.ofSeconds(1)));
        }
        return on(new Event.Arrived(watch.after(snapshot), Duration.ofSeconds(1)));
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
