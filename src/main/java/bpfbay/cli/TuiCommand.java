package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.Poller;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Kernel;
import bpfbay.model.NetNamespace;
import bpfbay.model.Refs;
import bpfbay.swap.SwapEngine;
import bpfbay.tui.Rehearsal;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.World;
import bpfbay.tui.table.NetnsChoice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code bpfbay}: the screen on this thread, the poller beside it. */
record TuiCommand(Invocation invocation, Surroundings surroundings, Map<String, String> environment) {
    ExitCode run() {
        Duration interval = Durations.interval(invocation);
        Sampling sampling = sampling();
        Picture.refuseCallersInPassive(invocation);
        ScreenSession session = new ScreenSession(invocation, surroundings, environment);
        ScreenNames names = ScreenNames.of(invocation);
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Intake intake = new Intake(names, session.watch(names), events);
        try (Lookout lookout = new Lookout(() -> look(interval, sampling, intake))) {
            Rehearsal.of(session.start(80, 10, NetnsChoice.ALL, sampling, conduct()), session.kind());
            /* what is not installed or not built is told by whoever opens the kernel */
            lookout.await();
            Optional<ExitCode> refusal = session.refusal("'bpfbay snapshot' prints the same without a screen");
            return refusal.isPresent() ? refusal.get() : show(lookout.post(), session, sampling, intake, events);
        }
    }

    /** Not on the thread that draws. */
    private Lookout.Post look(Duration interval, Sampling sampling, Intake intake) {
        Kernel kernel = surroundings.kernels().open(Picture.loading(invocation));
        try {
            NetnsChoice netns = netns(kernel);
            StatsMode mode = ScreenHost.mode(sampling);
            Collector collector = new Collector(kernel, surroundings.clock(), mode);
            if (invocation.has(Option.WHO)) {
                collector.watchCallers();
            }
            Poller poller = new Poller(kernel, collector, mode, interval, intake::take);
            poller.startAtAGlance();
            return new Lookout.Post(kernel, netns, poller);
        } catch (RuntimeException e) {
            kernel.close();
            throw e;
        }
    }

    private ExitCode show(
            Lookout.Post post, ScreenSession session, Sampling sampling, Intake intake, BlockingQueue<Event> events) {
        try (ScreenHost host = new ScreenHost(
                post.poller(),
                surroundings.kernels(),
                swaps(events),
                new TimeHost(intake::recording, session.marked(), events),
                events)) {
            session.run(post.netns(), sampling, conduct(), intake.names().of(host, events), events);
        }
        if (intake.isDenied()) {
            Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
            return ExitCode.NOT_POSSIBLE;
        }
        return ExitCode.DONE;
    }

    private World.Conduct conduct() {
        if (invocation.has(Option.PASSIVE)) {
            return World.Conduct.PASSIVE;
        }
        return invocation.has(Option.READ_ONLY) ? World.Conduct.READ_ONLY : World.Conduct.FREE;
    }

    /** None at all where nothing may be swapped. */
    private Optional<SwapHost> swaps(BlockingQueue<Event> events) {
        return conduct() == World.Conduct.FREE && !invocation.has(Option.REDACT)
                ? Optional.of(new SwapHost(surroundings.kernels(), this::engine, events))
                : Optional.empty();
    }

    private SwapEngine engine(Kernel kernel) {
        return surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
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
        Optional<String> word = invocation.value(Option.STATS);
        if (word.isEmpty()) {
            return invocation.has(Option.PASSIVE) ? Sampling.OFF : Sampling.SAMPLE;
        }
        Sampling wished = Sampling.byLabel(word.get()).orElse(Sampling.SAMPLE);
        if (invocation.has(Option.PASSIVE) && wished != Sampling.OFF) {
            throw invocation.wrong("--passive switches nothing on, so it does not go with --stats " + wished.label());
        }
        return wished;
    }
}
