package bpfbay.journal;

import bpfbay.kernel.Fd;
import bpfbay.kernel.FileLocks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/*
 * A writer that has opened a file before it is renamed still writes to it, and it is still read under its
 * new name. Only of the oldest one could something be lost, by a writer as slow as three rotations.
 */
/** A file that is set aside under another name when it is full, and those that were before. */
final class Generations {
    private static final int KEPT = 3;

    private final FileLocks locks;
    private final long full;

    Generations(FileLocks locks, long full) {
        this.locks = locks;
        this.full = full;
    }

    /** The file and those set aside before, the newest first; some may not be there. */
    static List<Path> newestFirst(Path file) {
        return IntStream.rangeClosed(0, KEPT).mapToObj(age -> aged(file, age)).toList();
    }

    private static Path aged(Path file, int age) {
        return age == 0 ? file : file.resolveSibling(file.getFileName() + "." + age);
    }

    /** One at a time; whoever comes second goes on writing. */
    void setAsideIfFull(Path file) {
        if (!isFull(file)) {
            return;
        }
        Optional<Fd> lock = locks.lock(file.resolveSibling("journal.lock"));
        if (lock.isPresent()) {
            try {
                if (isFull(file)) {
                    setAside(file);
                }
            } finally {
                lock.get().close();
            }
        }
    }

    private boolean isFull(Path file) {
        return file.toFile().length() >= full;
    }

    private static void setAside(Path file) {
        for (int age = KEPT; age > 0; age--) {
            Path younger = aged(file, age - 1);
            try {
                if (Files.exists(younger)) {
                    Files.move(younger, aged(file, age), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
