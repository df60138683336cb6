package bpfbay.swap;

import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long the engine takes: from the operator's word to the kernel's call, beside the one journal write in
 * it, and for a group with all its guards. It is run in namespaces of its own, as root.
 */
public final class SwapLatency {
    private static final int ROUNDS = 200;
    private static final ConfirmWindow WINDOW = new ConfirmWindow.Within(Duration.ofSeconds(60));

    private final List<Long> starts = new ArrayList<>();
    private final List<Long> ends = new ArrayList<>();

    private SwapLatency() {}

    /** A line a measurement.
     *
     * @param arguments how many members the group has */
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) throws IOException {
        new SwapLatency().run(Integer.parseInt(arguments[0]));
    }

    private Journal timed(Journal journal) {
        return new WatchedJournal(journal, () -> starts.add(System.nanoTime()), () -> ends.add(System.nanoTime()));
    }

    @SuppressWarnings("SystemOut")
    private void run(int members) throws IOException {
        Path folder = Files.createTempDirectory("bpfbay-latency");
        int[] programs = {program("one"), program("two")};
        List<String> devices = devices(members);
        for (String device : devices) {
            RawBpf.createLink(programs[0], Integer.parseInt(index(device)), RawBpf.BPF_XDP);
        }
        try (RealEngine real = new RealEngine(folder, this::timed)) {
            double[] before = new double[ROUNDS];
            double[] write = new double[ROUNDS];
            double[] plan = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                one(real, devices.get(0), programs[(i + 1) % 2], i, plan, before, write);
            }
            System.out.printf(
                    Locale.ROOT,
                    "one place: plan with guards %.1f ms, from the word to the journal write %.2f ms, the write %.2f ms%n",
                    median(plan),
                    median(before),
                    median(write));
            double[] groups = new double[10];
            for (int i = 0; i < groups.length; i++) {
                groups[i] = group(real, devices, programs[(i + 1) % 2]);
            }
            System.out.printf(
                    Locale.ROOT, "%d places: plan, guards, commit and verify %.0f ms%n", members, median(groups));
        }
    }

    private void one(
            RealEngine real, String device, int program, int round, double[] plan, double[] before, double[] write) {
        Snapshot now = real.look();
        long began = System.nanoTime();
        SwapRequest request = SwapRequest.of(Ref.parse(device + "/xdp"), new Candidate.OfProgram(RawBpf.id(program)))
                .confirming(WINDOW);
        try (PreparedSwap prepared = real.engine.plan(request, now)) {
            plan[round] = (System.nanoTime() - began) / 1e6;
            starts.clear();
            ends.clear();
            long word = System.nanoTime();
            SwapOutcome outcome = real.commit(prepared);
            require(outcome instanceof SwapOutcome.Pending, outcome);
            before[round] = (starts.get(0) - word) / 1e6;
            write[round] = (ends.get(0) - starts.get(0)) / 1e6;
            require(real.engine.confirm(prepared.plan().id()) instanceof SwapOutcome.Confirmed, outcome);
        }
    }

    private static double group(RealEngine real, List<String> devices, int program) {
        Snapshot now = real.look();
        long began = System.nanoTime();
        SwapRequest.Target all = new SwapRequest.Target.Named(
                devices.stream().map(device -> Ref.parse(device + "/xdp")).toList());
        SwapRequest request =
                SwapRequest.of(all, new Candidate.OfProgram(RawBpf.id(program))).confirming(new ConfirmWindow.None());
        try (PreparedSwap prepared = real.engine.plan(request, now)) {
            SwapOutcome outcome = real.commit(prepared);
            require(outcome instanceof SwapOutcome.Swapped, outcome);
            return (System.nanoTime() - began) / 1e6;
        }
    }

    private static void require(boolean isSo, SwapOutcome outcome) {
        if (!isSo) {
            throw new IllegalStateException(outcome.toString());
        }
    }

    private static int program(String name) {
        return RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, name, 2);
    }

    private static List<String> devices(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Tool.run("ip", "link", "add", "swap" + i, "type", "veth", "peer", "name", "peer" + i);
            names.add("swap" + i);
        }
        return names;
    }

    private static String index(String device) {
        return Tool.run("ip", "-o", "link", "show", device).split(":", 2)[0];
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
