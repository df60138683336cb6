package bpfbay.swap;

import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.model.Attachment;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Swaps two programs for one another, again and again, each time by the whole engine: a plan with
 * its guards, way back and guard process, journal, commit, verification, confirmation. The packets that go
 * through the place meanwhile are counted by swap_flow, whose engine this is.
 */
public final class SwapFlow {
    private static final ConfirmWindow WINDOW = new ConfirmWindow.Within(Duration.ofSeconds(60));
    /* a journal is not meant to be of a hundred thousand lines */
    private static final int FRESH_JOURNAL = 50;

    private final RealEngine real;
    private final Snapshot first;
    private final Attachment attachment;
    private final Swapper swapper = LibbpfSwapper.open();
    private final SwapPlace place;

    private SwapFlow(RealEngine real, int from, int to) {
        this.real = real;
        first = real.look();
        attachment = RealEngine.of(first, from);
        try (PreparedSwap any = real.engine.plan(request(to), first)) {
            place = any.seats().get(0).atomicPlace();
        }
    }

    /** Ids of the program that stands there and of the other one, and how many swaps. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        int[] programs = {Integer.parseUnsignedInt(arguments[0]), Integer.parseUnsignedInt(arguments[1])};
        double[] took = new double[Integer.parseInt(arguments[2])];
        Path folder = Files.createTempDirectory("bpfbay-flow");
        try (RealEngine real = new RealEngine(folder, journal -> journal)) {
            SwapFlow flow = new SwapFlow(real, programs[0], programs[1]);
            for (int i = 0; i < took.length; i++) {
                took[i] = flow.swap(programs[i % 2], programs[(i + 1) % 2]);
                if ((i + 1) % FRESH_JOURNAL == 0 || i + 1 == took.length) {
                    real.engine.swaps().forEach(swap -> real.engine.forget(swap.id()));
                    Files.deleteIfExists(real.folders.journals().get(0));
                }
            }
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "  the engine: p50 %.1f ms, p99 %.1f ms from the plan to the confirmation%n",
                took[took.length / 2],
                took[took.length * 99 / 100]);
    }

    private SwapRequest request(int to) {
        return SwapRequest.of(Ref.parse(attachment.ref()), new Candidate.OfProgram(to))
                .confirming(WINDOW);
    }

    private double swap(int from, int to) {
        Snapshot now = RealEngine.with(
                first, attachment, from, swapper.standing(place, from).revision());
        long began = System.nanoTime();
        try (PreparedSwap prepared = real.engine.plan(request(to), now)) {
            SwapOutcome outcome = real.commit(prepared);
            require(outcome instanceof SwapOutcome.Pending, outcome);
            require(real.engine.confirm(prepared.plan().id()) instanceof SwapOutcome.Confirmed, outcome);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private static void require(boolean isSo, SwapOutcome outcome) {
        if (!isSo) {
            throw new IllegalStateException(outcome.toString());
        }
    }
}
