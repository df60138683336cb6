package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.tui.Host;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Journey;
import bpfbay.tui.state.Sampling;
import bpfbay.tui.state.SwapWish;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Does what the screen asks for. Instructions and contents are read on a thread of their own, with a kernel
 * of their own, since the poller's takes calls from one thread only.
 */
final class ScreenHost implements Host, AutoCloseable {
    private static final int MOST_KEYS = 10_000;

    private final Poller poller;
    private final Optional<SwapHost> swaps;
    private final TimeHost time;
    private final Surroundings.Kernels kernels;
    private final BlockingQueue<Event> events;
    private final BlockingQueue<ObjectId> wishes = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::serve, "bpfbay-fetch");

    /** {@code swaps} is absent where nothing may be swapped: then no wish for it comes. */
    ScreenHost(
            Poller poller,
            Surroundings.Kernels kernels,
            Optional<SwapHost> swaps,
            TimeHost time,
            BlockingQueue<Event> events) {
        this.poller = poller;
        this.swaps = swaps;
        this.time = time;
        this.kernels = kernels;
        this.events = events;
        thread.setDaemon(true);
        thread.start();
    }

    static StatsMode mode(Sampling sampling) {
        return switch (sampling) {
            case SAMPLE -> StatsMode.SAMPLE;
            case ON -> StatsMode.ON;
            case OFF -> StatsMode.OFF;
        };
    }

    @Override
    public void fetch(ObjectId object) {
        wishes.add(object);
    }

    @Override
    public void count(Sampling mode) {
        poller.stats(mode(mode));
    }

    @Override
    public void pollNow() {
        poller.pollNow();
    }

    @Override
    public void travel(Journey journey) {
        time.go(journey);
    }

    @Override
    public void swap(SwapWish wish) {
        swaps.ifPresent(host -> host.wish(wish));
    }

    private void serve() {
        try {
            ObjectId first = wishes.take();
            try (Kernel kernel = kernels.open(Loading.NOTHING)) {
                events.add(answer(kernel, first));
                while (true) {
                    events.add(answer(kernel, wishes.take()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Event answer(Kernel kernel, ObjectId object) {
        try {
            return object.kind() == ObjectId.Kind.MAP
                    ? new Event.Peeked(kernel.contents(object.id(), MOST_KEYS))
                    : new Event.Dumped(kernel.dump(object.id()));
        } catch (KernelException e) {
            return new Event.NotFetched(object, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        time.close();
        swaps.ifPresent(SwapHost::close);
    }
}
