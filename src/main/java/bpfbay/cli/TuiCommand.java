package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.Poller;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.kernel.Kernel;
import bpfbay.model.NetNamespace;
import bpfbay.model.Refs;
import bpfbay.swap.SwapEngine;
import bpfbay.tui.Ui;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.State;
import bpfbay.tui.state.World;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.terminal.TerminalKind;
import bpfbay.tui.terminal.Tty;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code bpfbay}: the screen on this thread, the poller beside it. */
record TuiCommand(Invocation invocation, Surroundings surroundings, Map<String, String> environment) {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    ExitCode run() {
        TerminalKind kind = TerminalKind.of(environment);
        Duration interval = invocation
                .value(Option.INTERVAL)
                .map(text -> Durations.parse(invocation, Option.INTERVAL, text))
                .orElse(INTERVAL);
        Sampling sampling = sampling();
        if (invocation.has(Option.PASSIVE) && invocation.has(Option.WHO)) {
            throw invocation.wrong("--passive loads no program, so it does not go with --who");
        }
        Optional<String> refusal = Tty.refusal(kind);
        if (refusal.isPresent()) {
            Output.print(
                    surroundings.err(),
                    "bpfbay: " + refusal.get() + "; 'bpfbay snapshot' prints the same without a screen\n");
            return ExitCode.NOT_POSSIBLE;
        }
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            return show(kernel, kind, interval, sampling);
        }
    }

    private ExitCode show(Kernel kernel, TerminalKind kind, Duration interval, Sampling sampling) {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> crashes = new LinkedBlockingQueue<>();
        AtomicBoolean isDenied = new AtomicBoolean();
        NetnsChoice netns = netns(kernel);
        Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.HOUR);
        Collector collector = new Collector(kernel, surroundings.clock(), ScreenHost.mode(sampling));
        if (invocation.has(Option.WHO)) {
            collector.watchCallers();
        }
        try (Poller poller = new Poller(
                        kernel,
                        collector,
                        ScreenHost.mode(sampling),
                        interval,
                        poll -> take(poll, watch, events, isDenied));
                ScreenHost host = new ScreenHost(poller, surroundings.kernels(), swaps(events), events)) {
            /* The first look and the terminal's classes take about as long: side by side they take half. */
            poller.start();
            screen(kind, netns, sampling, host, events, crashes);
        }
        for (Throwable thrown : crashes) {
            throw new IllegalStateException(String.valueOf(thrown), thrown);
        }
        if (isDenied.get()) {
            Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
            return ExitCode.NOT_POSSIBLE;
        }
        return ExitCode.DONE;
    }

    private void screen(
            TerminalKind kind,
            NetnsChoice netns,
            Sampling sampling,
            ScreenHost host,
            BlockingQueue<Event> events,
            BlockingQueue<Throwable> crashes) {
        try (Tty tty = Tty.open(kind, input -> events.add(Ui.event(input)))) {
            tty.onCrash(thrown -> {
                crashes.add(thrown);
                events.add(new Event.Ended());
            });
            State start = State.start(
                    new Looks(tty.columns(), tty.rows(), theme(kind), glyphs(kind)),
                    netns,
                    sampling,
                    conduct(),
                    surroundings.clock().instant());
            new Ui(tty, kind, tty::suspend, host, start, surroundings.clock(), environment, events).run();
        }
    }

    private World.Conduct conduct() {
        if (invocation.has(Option.PASSIVE)) {
            return World.Conduct.PASSIVE;
        }
        return invocation.has(Option.READ_ONLY) ? World.Conduct.READ_ONLY : World.Conduct.FREE;
    }

    /** None at all where nothing may be swapped. */
    private Optional<SwapHost> swaps(BlockingQueue<Event> events) {
        return conduct() == World.Conduct.FREE
                ? Optional.of(new SwapHost(surroundings.kernels(), this::engine, events))
                : Optional.empty();
    }

    private SwapEngine engine(Kernel kernel) {
        return surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
    }

    /** On the polling thread. */
    private static void take(Poller.Poll poll, Watch watch, BlockingQueue<Event> events, AtomicBoolean isDenied) {
        if (poll instanceof Poller.Poll.Taken taken) {
            if (Picture.isDenied(taken.snapshot())) {
                isDenied.set(true);
                events.add(new Event.Ended());
            }
            events.add(new Event.Arrived(watch.after(taken.snapshot()), taken.pace()));
        } else if (poll instanceof Poller.Poll.Failed failed) {
            events.add(new Event.PollFailed(failed.at(), failed.message()));
        }
    }

    private NetnsChoice netns(Kernel kernel) {
        String word = invocation.value(Option.NETNS).orElse("all");
        if (word.equals("all")) {
            return NetnsChoice.ALL;
        }
        List<NetNamespace> all = kernel.namespaces().items();
        return Refs.namespace(word, all)
                .map(found -> NetnsChoice.of(found.inode()))
                .orElseThrow(() ->
                        ArgumentParser.unknown("tui: unknown network namespace", word, SnapshotCommand.words(all)));
    }

    private Sampling sampling() {
        Optional<Sampling> wished = invocation.value(Option.STATS).flatMap(Sampling::byLabel);
        if (!invocation.has(Option.PASSIVE)) {
            return wished.orElse(Sampling.SAMPLE);
        }
        if (wished.isPresent() && wished.get() != Sampling.OFF) {
            throw invocation.wrong("--passive switches nothing on, so it does not go with --stats "
                    + wished.get().label());
        }
        return Sampling.OFF;
    }

    /** Without colours the theme is the one that needs none. */
    private Theme theme(TerminalKind kind) {
        Theme usual = kind.colors() == TerminalKind.Colors.NONE ? Theme.MONO : Theme.DARK;
        return invocation.value(Option.THEME).flatMap(Theme::byLabel).orElse(usual);
    }

    private Glyphs glyphs(TerminalKind kind) {
        return invocation.has(Option.ASCII) || !kind.isUnicode() ? Glyphs.ASCII : Glyphs.UNICODE;
    }
}
