package bpfbay.cli;

import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.tui.Host;
import bpfbay.tui.Ui;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Presence;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.State;
import bpfbay.tui.state.World;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.terminal.TerminalKind;
import bpfbay.tui.terminal.Tty;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** The screen on this thread until it is left, whatever it shows. */
record ScreenSession(Invocation invocation, Surroundings surroundings, Map<String, String> environment) {
    static final int MOST_WAITING = 4096;

    private static final Duration MARKED_FOR_MANY = Duration.ofMinutes(3);
    private static final long WAIT_NS = 1_000_000;
    private static final int MOST_WAITS = 500;

    TerminalKind kind() {
        return TerminalKind.of(environment);
    }

    /** Why there can be no screen, told on standard error. */
    Optional<ExitCode> refusal(String instead) {
        Optional<String> refusal = Tty.refusal(kind());
        refusal.ifPresent(why -> Output.print(surroundings.err(), "bpfbay: " + why + "; " + instead + "\n"));
        return refusal.map(why -> ExitCode.NOT_POSSIBLE);
    }

    /** How long a change stays marked: several people need longer to see it than one. */
    Duration marked() {
        return invocation.has(Option.PRESENT) ? MARKED_FOR_MANY : Recent.MARKED;
    }

    Watch watch(ScreenNames names) {
        return new Watch(Watch.HOLD_DOWN, marked(), Watch.Memory.HOUR, names.of(new OwnSwaps(invocation)));
    }

    void run(NetnsChoice netns, Sampling sampling, World.Conduct conduct, Host host, BlockingQueue<Event> events) {
        TerminalKind kind = kind();
        BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();
        try (Tty tty = Tty.open(kind, input -> hand(Ui.event(input), events))) {
            tty.onCrash(thrown -> {
                crashes.add(thrown);
                events.add(new Event.Ended());
            });
            State start = start(tty.columns(), tty.rows(), netns, sampling, conduct);
            new Ui(tty, kind, tty::suspend, host, start, surroundings.clock(), environment, events).run();
        }
        for (Throwable thrown : crashes) {
            throw new IllegalStateException(String.valueOf(thrown), thrown);
        }
    }

    /** A flood of keys waits in the terminal, which holds up whoever sends it, and not in memory. */
    static void hand(Event key, BlockingQueue<Event> events) {
        for (int waits = 0; events.size() >= MOST_WAITING && waits < MOST_WAITS; waits++) {
            LockSupport.parkNanos(WAIT_NS);
        }
        events.add(key);
    }

    State start(int columns, int rows, NetnsChoice netns, Sampling sampling, World.Conduct conduct) {
        Looks looks = new Looks(columns, rows, theme(kind()), glyphs(kind()), presence());
        return State.start(looks, netns, sampling, conduct, surroundings.clock().instant());
    }

    private Presence presence() {
        Presence presence = invocation.has(Option.PRESENT) ? Presence.SHARED : Presence.ALONE;
        return invocation.has(Option.REDACT) ? presence.redacted() : presence;
    }

    /** Without colours, and before many eyes, the theme is the one that needs none. */
    private Theme theme(TerminalKind kind) {
        boolean needsNone = kind.colors() == TerminalKind.Colors.NONE || invocation.has(Option.PRESENT);
        return invocation.value(Option.THEME).flatMap(Theme::byLabel).orElse(needsNone ? Theme.MONO : Theme.DARK);
    }

    private Glyphs glyphs(TerminalKind kind) {
        return invocation.has(Option.ASCII) || !kind.isUnicode() ? Glyphs.ASCII : Glyphs.UNICODE;
    }
}
