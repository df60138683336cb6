package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.FileLocks;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GenerationsTest {
    private static final FileLocks LOCKS = new LibbpfFileLocks();
    private static final int FULL = 4;

    @TempDir
    private Path folder = Path.of("/");

    private Path file = folder;

    @BeforeEach
    void have_a_full_file() throws IOException {
        file = folder.resolve("journal.jsonl");
        Files.writeString(file, "one\ntwo\n");
    }

    @Test
    void whoever_comes_second_sets_nothing_aside() throws IOException {
        Generations first = new Generations(LOCKS, FULL);
        Generations second = new Generations(
                path -> {
                    first.setAsideIfFull(file);
                    return LOCKS.lock(path);
                },
                FULL);
        second.setAsideIfFull(file);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of("journal.jsonl.1", "journal.lock"),
                    List.copyOf(new TreeSet<>(
                            files.map(path -> path.getFileName().toString()).toList())));
        }
    }

    @Test
    void a_file_that_is_met_under_two_names_is_read_once() throws IOException {
        Files.createLink(folder.resolve("journal.jsonl.1"), file);
        assertEquals(
                List.of("one", "two"),
                new Lines(1 << 10).read(file).stream().map(Lines.Line::text).toList());
    }
}
