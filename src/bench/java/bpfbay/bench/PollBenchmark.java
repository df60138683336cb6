package bpfbay.bench;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.model.Snapshot;
import java.lang.management.ManagementFactory;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One poll of a host on which nothing changes, in the screen's own cadence: the clock is one second on at
 * each poll, so that the dearer questions and the counting windows come as often as at one poll a second.
 * Run with {@code -prof gc} for the garbage of a poll.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"})
public class PollBenchmark {
    private final SecondsClock clock = new SecondsClock();
    private Kernel kernel = LibbpfKernel.open(Loading.ITERATORS);
    private Collector collector = new Collector(kernel, clock, StatsMode.SAMPLE);

    /** Processor time of the polling thread, in nanoseconds, and the polls it took. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class ThreadTime {
        private long before;
        public long cpuNanos;
        public long polls;

        @Setup(Level.Iteration)
        public void start() {
            cpuNanos = 0;
            polls = 0;
            before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }

        @TearDown(Level.Iteration)
        public void stop() {
            cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        }
    }

    @TearDown
    public void close() {
        collector.close();
        kernel.close();
    }

    @Benchmark
    public Snapshot poll(ThreadTime time) {
        time.polls++;
        return collector.collect(Set.of());
    }
}
