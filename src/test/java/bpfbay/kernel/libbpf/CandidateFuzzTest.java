package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.KernelException;
import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import bpfbay.testing.InNetns;
import bpfbay.testing.Repeats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mutations of a good object, the same in every run. {@code -Dcandidate.fuzz=10000} tries more of them. */
@InNetns
class CandidateFuzzTest {
    private static final int CASES = Integer.getInteger("candidate.fuzz", Repeats.times(500, 50));

    private final LibbpfCandidates candidates = LibbpfCandidates.open();

    @Test
    void a_mutated_object_loads_or_is_refused_in_one_line() throws IOException {
        byte[] good = Files.readAllBytes(CandidateFiles.build("tail_calls"));
        Path file = CandidateFiles.folder().resolve("mutated.o");
        int loads = 0;
        Map<String, Integer> refusals = new TreeMap<>();
        for (int number = 0; number < CASES; number++) {
            Files.write(file, mutated(good, new Random(number)));
            try (Candidates.Loaded loaded = candidates.load(
                    new Candidates.Wish(file, Optional.of("entry"), ProgType.XDP, List.of(AttachType.XDP), Map.of()))) {
                assertTrue(loaded.program().number() > 2);
                loads++;
            } catch (KernelException refused) {
                String line = refused.problem().hint();
                assertFalse(line.contains("\n") || line.isBlank(), "mutation " + number + ": " + line);
                refusals.merge(refused.problem().operation(), 1, Integer::sum);
            }
        }
        assertTrue(loads > CASES / 50, "no mutation loads: " + refusals);
        assertTrue(Repeats.isEmulated() || refusals.size() > 1, "all fail alike: " + refusals);
        assertEquals(List.of(), children());
    }

    /** Some bytes changed where they matter, a piece moved over another, or the end cut off. */
    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) 0xff;
                case 3 -> bytes[random.nextInt(64)] = (byte) random.nextInt(256);
                case 4 -> {
                    /* the section headers are last in the file */
                    int header = bytes.length - 1 - random.nextInt(Math.min(bytes.length, 64 * 24));
                    bytes[header] = (byte) random.nextInt(256);
                }
                default -> {
                    int length = Math.min(random.nextInt(32), bytes.length - at);
                    System.arraycopy(bytes, random.nextInt(bytes.length - length + 1), bytes, at, length);
                }
            }
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private static List<String> children() {
        try (Stream<ProcessHandle> all = ProcessHandle.current().children()) {
            return all.map(child -> child.info().command().orElse("a dead one") + " " + child.pid())
                    .toList();
        }
    }
}
