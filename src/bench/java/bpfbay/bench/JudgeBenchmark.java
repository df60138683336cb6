package bpfbay.bench;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Account;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.model.Snapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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
        /** One more program was loaded and another is gone. */
        LOAD
    }

    @Param
    public Happening happening = Happening.NOTHING;

    private final Loader loader = LibbpfLoader.open();
    private final Kernel kernel = LibbpfKernel.open(Loading.ITERATORS);
    private final Watch watch = new Watch(Watch.HOLD_DOWN, Recent.MARKED, Watch.Memory.HOUR, List::of);
    private Optional<Collector> collector = Optional.empty();
    private Optional<LoadedObject> loaded = Optional.empty();

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
        loaded.ifPresent(LoadedObject::close);
        kernel.close();
    }

    @Benchmark
    public Account account(ThreadTime time) {
        if (happening == Happening.LOAD) {
            loaded.ifPresent(LoadedObject::close);
            loaded = Optional.of(loader.load(loader.ownObject("xdp_gate")));
        }
        long started = time.now();
        Snapshot picture = collector.orElseThrow().collect(Set.of());
        long polled = time.now();
        Account account = watch.after(picture);
        time.judgeNanos += time.now() - polled;
        time.pollNanos += polled - started;
        time.polls++;
        return account;
    }
}
