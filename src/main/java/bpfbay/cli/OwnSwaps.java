package bpfbay.cli;

import bpfbay.history.OwnSwap;
import bpfbay.journal.FileJournal;
import bpfbay.journal.StateFolders;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.ProgramMark;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What this host's journal tells of programs that bpfbay has put somewhere. */
final class OwnSwaps implements Supplier<List<OwnSwap>> {
    private final Invocation invocation;
    private Optional<FileJournal> journal = Optional.empty();

    OwnSwaps(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Opened when it is first asked for: most hosts see no swap for days. */
    private FileJournal journal() {
        if (journal.isEmpty()) {
            StateFolders folders = StateDir.of(invocation).map(StateFolders::in).orElseGet(StateFolders::ofHost);
            journal = Optional.of(new FileJournal(folders, new LibbpfStateFiles(), new LibbpfFileLocks()));
        }
        return journal.get();
    }

    /** None where the journal cannot be read: then a change has no author. */
    @Override
    public List<OwnSwap> get() {
        try {
            List<OwnSwap> swaps = new ArrayList<>();
            for (JournalEntry entry : journal().read()) {
                put(entry)
                        .ifPresent(program -> swaps.add(new OwnSwap(
                                entry.at(),
                                entry.ref(),
                                program.progId(),
                                OptionalInt.of(entry.by().pid()),
                                entry.by().comm())));
            }
            return swaps;
        } catch (UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** A swap puts the new program, an undoing the old one. */
    private static Optional<ProgramMark> put(JournalEntry entry) {
        return switch (entry.event()) {
            case COMMITTING, COMMITTED, VERIFIED -> entry.to();
            case REVERTING, REVERTED -> entry.from();
            default -> Optional.empty();
        };
    }
}
