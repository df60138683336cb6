package bpfbay.bench;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.export.CaptureWriter;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loader;
import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfLoader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a capture of an hour of this host in quick motion: a picture for each second, as record takes them, and
 * with every tenth picture another program.
 */
public final class HourCapture {
    private static final int PICTURES = 3600;
    private static final int A_LOAD_EVERY = 10;

    private HourCapture() {}

    /** Takes one argument, the file. */
    public static void main(String[] arguments) throws IOException {
        Loader loader = LibbpfLoader.open();
        Optional<LoadedObject> loaded = Optional.empty();
        try (Kernel kernel = LibbpfKernel.open(Loading.ITERATORS);
                Collector collector = new Collector(kernel, new SecondsClock(), StatsMode.SAMPLE);
                OutputStream file = Files.newOutputStream(Path.of(arguments[0]));
                CaptureWriter writer = new CaptureWriter(file, "bench", CaptureWriter.Content.EXACT)) {
            for (int i = 0; i < PICTURES; i++) {
                if (i % A_LOAD_EVERY == 0) {
                    loaded.ifPresent(LoadedObject::close);
                    loaded = Optional.of(loader.load(loader.ownObject("xdp_gate")));
                }
                writer.write(collector.collect(Set.of()));
            }
        } finally {
            loaded.ifPresent(LoadedObject::close);
        }
    }
}
