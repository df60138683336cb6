package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.model.Snapshot;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
final class RealPictureTest {
    @Test
    void the_picture_of_this_host_comes_back_as_it_was() {
        try (Kernel kernel = LibbpfKernel.open(Loading.ITERATORS);
                Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.ON)) {
            collector.collect(Set.of());
            Snapshot snapshot = collector.collect(Set.of());
            SnapshotReader.Read read = SnapshotReader.read(SnapshotReaderTest.written(snapshot));
            assertEquals(List.of(), read.notes());
            SnapshotReaderTest.assertSame(snapshot, read.snapshot());
        }
    }
}
