package bpfbay.kernel;

import java.nio.file.Path;
import java.util.Optional;

/** Locks that belong to an open file and not to a process: flock(2). A child that is given the file has the lock too. */
public interface FileLocks {
    /**
     * Opens the file, which is made where it is missing, and locks it without waiting. Empty where another
     * open file has the lock. The file is still at its path when this returns. A base KernelException where
     * it cannot be opened.
     */
    Optional<Fd> lock(Path file);
}
