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
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@code bpfbay watch}: what happens, a line each, until it is ended. */
record WatchCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        Duration interval = Durations.interval(invocation);
        Picture.refuseCallersInPassive(invocation);
        BlockingQueue<Poller.Poll> polls = new LinkedBlockingQueue<>();
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            Collector collector = new Collector(kernel, surroundings.clock(), StatsMode.OFF);
            if (invocation.has(Option.WHO)) {
                collector.watchCallers();
            }
            try (Poller poller = new Poller(kernel, collector, StatsMode.OFF, interval, polls::add)) {
                poller.start();
                return follow(polls);
            }
        }
    }

    private ExitCode follow(BlockingQueue<Poller.Poll> polls) {
        Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.NONE, new OwnSwaps(invocation));
        boolean isToldThatItWatches = false;
        try {
            while (true) {
                Poller.Poll poll = polls.take();
                if (poll instanceof Poller.Poll.Failed failed) {
                    Output.print(surroundings.err(), "bpfbay: " + Escaper.escape(failed.message()) + "\n");
                    continue;
                }
                Poller.Poll.Taken taken = (Poller.Poll.Taken) poll;
                if (Picture.isDenied(taken.snapshot())) {
                    Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
                    return ExitCode.NOT_POSSIBLE;
                }
                Account account = watch.after(taken.snapshot(), taken.clues());
                if (!isToldThatItWatches && watch.isComparing()) {
                    isToldThatItWatches = true;
                    Output.print(surroundings.err(), "bpfbay: watching " + Escaper.escape(watched(account)) + "\n");
                }
                account.news().forEach(this::tell);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.DONE;
        }
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
