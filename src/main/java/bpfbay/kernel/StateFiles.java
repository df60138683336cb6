package bpfbay.kernel;

import java.nio.file.Path;

/**
 * What bpfbay keeps on disk for itself. Each call may last as long as a disk hangs. A failure is a base
 * KernelException.
 */
public interface StateFiles {
    /** Makes the folder and those above it that are missing, for nobody but their owner. One that is there stays as it is. */
    void makeFolder(Path folder);

    /**
     * Adds whole lines to a file, which is made where it is missing, by one write(2), so that those of several
     * writers do not mix. If the file ends within a line, that line is ended first. Survives a crash once this
     * returns.
     */
    void append(Path file, byte[] lines);
}
