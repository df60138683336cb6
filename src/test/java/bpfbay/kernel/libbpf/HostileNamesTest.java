package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.model.RawText;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process may call itself anything, and holds objects all the same. */
class HostileNamesTest {
    private static final Path COMM = Path.of("/proc/self/comm");
    private static final String NAME = "a) S 1\n\033[2J(\udcff";

    @ParameterizedTest
    @EnumSource(Loading.class)
    @InNetns
    void a_holder_keeps_its_name_to_the_byte(Loading loading) throws IOException {
        byte[] before = RawText.encode(RawText.decode(Files.readAllBytes(COMM)).stripTrailing());
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m");
        Files.write(COMM, RawText.encode(NAME));
        try (LibbpfKernel kernel = LibbpfKernel.open(loading)) {
            kernel.programs();
            kernel.programs();
            assertEquals(NAME, nameOfHolder(kernel, ObjectId.map(RawBpf.id(map))));
        } finally {
            Files.write(COMM, before);
            RawBpf.closeAll(map);
        }
    }

    private static String nameOfHolder(LibbpfKernel kernel, ObjectId object) {
        return kernel.holdings().items().stream()
                .filter(holding -> holding.object().equals(object))
                .map(holding -> holding.holder().comm())
                .findFirst()
                .orElseThrow();
    }
}
