package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.Poller;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Account;
import bpfbay.diagnose.Watch;
import bpfbay.export.ChangeJson;
import bpfbay.export.ChangeText;
import bpfbay.export.Escaper;
import bpfbay.history.Occurrence;
import bpfbay.history.Recent;
import bpfbay.kernel.Kernel;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code bpfbay watch}: what happens, a line each, until it is ended. */
record WatchCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        Duration interval = Durations.interval(invocation);
        Picture.refuseCallersInPassive(invocation);
        BlockingQueue<Optional<Poller.Poll>> polls = new LinkedBlockingQueue<>();
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            Collector collector = new Collector(kernel, surroundings.clock(), StatsMode.OFF);
            if (invocation.has(Option.WHO)) {
                collector.watchCallers();
            }
            ToldToEnd signalled = ToldToEnd.by(() -> polls.add(Optional.empty()));
            try (signalled;
                    Poller poller = new Poller(
                            kernel, collector, StatsMode.OFF, interval, poll -> polls.add(Optional.of(poll)))) {
                poller.start();
                return follow(polls);
            }
        }
    }

    /** @param polls an empty one is the end */
    private ExitCode follow(BlockingQueue<Optional<Poller.Poll>> polls) {
        Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, new OwnSwaps(invocation));
        Optional<Instant> begun = Optional.empty();
        int told = 0;
        try {
            for (Optional<Poller.Poll> next = polls.take(); next.isPresent(); next = polls.take()) {
                if (next.get() instanceof Poller.Poll.Failed failed) {
                    say(Escaper.escape(failed.message()));
                    continue;
                }
                Poller.Poll.Taken taken = (Poller.Poll.Taken) next.get();
                if (Picture.isDenied(taken.snapshot())) {
                    say(Picture.DENIED);
                    return ExitCode.NOT_POSSIBLE;
                }
                Account account = watch.after(taken.snapshot(), taken.clues());
                if (begun.isEmpty() && watch.isComparing()) {
                    begun = Optional.of(taken.snapshot().takenAt());
                    say("watching " + Escaper.escape(watched(account)));
                }
                account.news().forEach(this::tell);
                told += account.news().size();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        end(begun, told);
        return ExitCode.DONE;
    }

    /** Whoever ended it may be gone, with the terminal. */
    private void end(Optional<Instant> begun, int told) {
        Duration time = begun.map(
                        since -> Duration.between(since, surroundings.clock().instant()))
                .orElse(Duration.ZERO);
        try {
            say("watched for " + RecordCommand.words(time) + ": " + told + (told == 1 ? " change" : " changes"));
        } catch (UncheckedIOException nobodyListens) {
            return;
        }
    }

    private void say(String text) {
        Output.print(surroundings.err(), "bpfbay: " + text + "\n");
    }

    private static String watched(Account account) {
        int count = account.snapshot().attachments().size();
        return account.snapshot().host().name() + ", " + count + (count == 1 ? " attachment" : " attachments");
    }

    private void tell(Occurrence occurrence) {
        if (invocation.has(Option.JSON)) {
            ChangeJson.write(occurrence, surroundings.out());
        } else {
            Output.print(surroundings.out(), Escaper.escape(ChangeText.line(occurrence)) + "\n");
        }
    }
}
