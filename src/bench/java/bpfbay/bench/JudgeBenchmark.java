package bpfbay.bench;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Account;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.model.Attachment;
import bpfbay.model.Direction;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the difference to the last picture and the findings cost beside the poll that they follow, on this
 * host, in the screen's own cadence.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx176m"})
public class JudgeBenchmark {
    /** What is another in each picture than in the one before. */
    public enum Happening {
        /** Nothing but the time. */
        NOTHING,
        /** The runs of all programs. */
        COUNTS,
        /** One more program was loaded, with a map, and another such pair is gone. */
        LOAD,
        /** A tcx link came to the lab's first interface, or went. */
        ATTACH,
        /** A process holds one of the attached programs, or holds it no more. */
        HOLDER,
        /** An interface came to the lab's namespace, or went. */
        INTERFACE
    }

    private static final String LAB = "bpfbay-lab";

    @Param
    public Happening happening = Happening.NOTHING;

    private final Loader loader = LibbpfLoader.open();
    private final Kernel kernel = LibbpfKernel.open(Loading.ITERATORS);
    private final Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.HOUR, List::of);
    private final Swapper swapper = LibbpfSwapper.open();
    private Optional<Collector> collector = Optional.empty();
    private Optional<LoadedObject> loaded = Optional.empty();
    private Optional<Fd> held = Optional.empty();
    private Optional<Snapshot> last = Optional.empty();
    private boolean isThere;
    private int turns;

    /** Processor time of the polling thread, in nanoseconds, and the polls it took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class ThreadTime {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        public long pollNanos;
        public long judgeNanos;
        public long polls;

        @Setup(Level.Iteration)
        public void start() {
            pollNanos = 0;
            judgeNanos = 0;
            polls = 0;
        }

        long now() {
            return threads.getCurrentThreadCpuTime();
        }
    }

    @Setup
    public void open() {
        StatsMode stats = happening == Happening.COUNTS ? StatsMode.ON : StatsMode.SAMPLE;
        collector = Optional.of(new Collector(kernel, new SecondsClock(), stats));
    }

    @TearDown
    public void close() {
        collector.ifPresent(Collector::close);
        held.ifPresent(Fd::close);
        loaded.ifPresent(LoadedObject::close);
        if (isThere) {
            turnInterface();
        }
        kernel.close();
    }

    private void happen() {
        switch (happening) {
            case NOTHING, COUNTS -> {}
            case LOAD -> {
                loaded.ifPresent(LoadedObject::close);
                loaded = Optional.of(loader.load(loader.ownObject("xdp_gate")));
            }
            case ATTACH -> turnLink();
            case HOLDER -> turnHolder();
            case INTERFACE -> turnInterface();
        }
    }

    private void turnLink() {
        if (loaded.isEmpty()) {
            loaded = Optional.of(loader.load(loader.ownObject("tcx_from_net")));
        }
        if (held.isPresent()) {
            held.get().close();
            held = Optional.empty();
        } else {
            try (Attacher attacher = loader.attacher(Path.of("/run/netns", LAB))) {
                Fd program = loaded.get().program();
                held = Optional.of(attacher.tcxLink(program, attacher.device("eth0"), Direction.INGRESS));
            }
        }
    }

    /** At each second picture, as holders are asked for. */
    private void turnHolder() {
        turns++;
        if (turns % 2 == 0 || last.isEmpty()) {
            return;
        }
        if (held.isPresent()) {
            held.get().close();
            held = Optional.empty();
        } else {
            Attachment first = last.get().attachments().stream()
                    .filter(attachment -> attachment.place() instanceof Place.Xdp)
                    .findFirst()
                    .orElseThrow();
            held = Optional.of(swapper.program(first.progId().orElseThrow()));
        }
    }

    private void turnInterface() {
        String verb = isThere ? "del" : "add";
        try {
            Process ip = new ProcessBuilder("ip", "-n", LAB, "link", verb, "judge0", "type", "veth").start();
            if (ip.waitFor() != 0) {
                throw new IllegalStateException("ip link " + verb + " judge0 failed");
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        isThere = !isThere;
    }

    @Benchmark
    public Account account(ThreadTime time) {
        happen();
        Set<Kernel.Change> told = happening == Happening.INTERFACE ? Set.of(Kernel.Change.NETWORK) : Set.of();
        long started = time.now();
        Snapshot picture = collector.orElseThrow().collect(told);
        long polled = time.now();
        Account account = watch.after(picture);
        time.judgeNanos += time.now() - polled;
        time.pollNanos += polled - started;
        time.polls++;
        last = Optional.of(picture);
        return account;
    }
}
