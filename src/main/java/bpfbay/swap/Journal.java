package bpfbay.swap;

import java.nio.file.Path;
import java.util.List;

/** Where the steps of swaps are written down before and after they are done. */
public interface Journal {
    /**
     * Returns when the lines will survive a crash, or when that is not to be had in time: see {@link #warnings}.
     *
     * @return whether they stand anywhere
     */
    boolean append(List<JournalEntry> entries);

    /** What can be read, the oldest first; lines that are damaged or of a later version are left out. */
    List<JournalEntry> read();

    /** Where a guard process may write, in the order of preference. */
    List<Path> files();

    /** What went wrong with writing or reading since the last time of asking, one line each. */
    List<String> warnings();
}
