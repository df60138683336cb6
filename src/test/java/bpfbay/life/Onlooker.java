package bpfbay.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Account;
import bpfbay.diagnose.Code;
import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnostician;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Scene;
import bpfbay.diagnose.Severity;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recent;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.model.Snapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Judges a host as the screen does, which knows what was there before, and as {@code check} does, which
 * knows the moment alone; nothing is too young for it.
 */
final class Onlooker implements AutoCloseable {
    private final Kernel kernel = LibbpfKernel.open(Loading.NOTHING);
    private final Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.OFF);
    private final Watch watch = new Watch(Duration.ZERO, Recent.MARKED, Watch.Memory.NONE, List::of);
    private final Predicate<String> concerns;

    /** @param concerns whether a ref names something of the test's own: all else is the host's */
    Onlooker(Predicate<String> concerns) {
        this.concerns = concerns;
        look();
        look();
    }

    /** One more picture, of which nothing is asked. */
    Account look() {
        Snapshot now = collector.collect(EnumSet.allOf(Kernel.Change.class));
        return watch.after(now, collector.clues());
    }

    void calm(String when) {
        assertEquals(List.of(), alarms(), when);
    }

    /** What is worse than information, by either way to judge. */
    List<String> alarms() {
        return found(finding -> finding.severity().isBad());
    }

    /** Where something of that kind is found. */
    List<String> found(Code code, Severity severity) {
        return found(finding -> finding.code() == code && finding.severity() == severity);
    }

    private List<String> found(Predicate<Finding> wanted) {
        Account account = look();
        Scene moment = new Scene(account.snapshot(), List.of(), Optional.empty(), Duration.ZERO);
        List<Finding> all =
                new ArrayList<>(account.diagnosis().map(Diagnosis::findings).orElse(List.of()));
        all.addAll(new Diagnostician().judge(moment).findings());
        return all.stream()
                .filter(wanted)
                .filter(finding -> finding.refs().stream().anyMatch(concerns))
                .map(finding -> finding.code().label() + " " + finding.refs() + ": " + finding.title())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        collector.close();
        kernel.close();
    }
}
