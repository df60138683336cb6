package bpfbay.journal;

import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.swap.JournalEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that writes a journal: the folder, when a file is full, the first number, and how many. */
final class JournalWriter {
    private JournalWriter() {}

    static Process start(Path folder, long full, int first, int count) throws IOException {
        return Processes.start(
                JournalWriter.class,
                folder.toString(),
                Long.toString(full),
                Integer.toString(first),
                Integer.toString(count));
    }

    public static void main(String[] args) {
        FileJournal journal = new FileJournal(
                StateFolders.in(Path.of(args[0])),
                new LibbpfStateFiles(),
                new LibbpfFileLocks(),
                Duration.ofSeconds(60),
                Long.parseLong(args[1]));
        int first = Integer.parseInt(args[2]);
        for (int number = first; number < first + Integer.parseInt(args[3]); number++) {
            journal.append(List.of(Entries.numbered(JournalEvent.COMMITTED, number)));
        }
        if (!journal.warnings().isEmpty()) {
            throw new IllegalStateException("it went elsewhere");
        }
    }
}
