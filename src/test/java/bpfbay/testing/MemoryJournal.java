package bpfbay.testing;

import bpfbay.swap.Journal;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A journal in memory, at a line of which the process can be killed. */
public final class MemoryJournal implements Journal {
    public final List<JournalEntry> lines = new ArrayList<>();
    public final List<String> warnings = new ArrayList<>();

    /** The append at which the process is killed, counted from 0. */
    public Optional<Integer> killedAt = Optional.empty();

    /** Whether the lines of that append reach the disk. */
    public Reach reach = Reach.DISK;

    private int appends;

    public enum Reach {
        DISK,
        NOTHING
    }

    /** What kill -9 does to the engine: no clean-up runs. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public boolean append(List<JournalEntry> entries) {
        boolean isLast = killedAt.isPresent() && killedAt.get() == appends++;
        if (!isLast || reach == Reach.DISK) {
            lines.addAll(entries);
        }
        if (isLast) {
            throw new Killed();
        }
        return true;
    }

    public List<JournalEvent> events() {
        return lines.stream().map(JournalEntry::event).toList();
    }

    @Override
    public List<JournalEntry> read() {
        return List.copyOf(lines);
    }

    @Override
    public List<Path> files() {
        return List.of(Path.of("/nowhere/journal.jsonl"));
    }

    @Override
    public List<String> warnings() {
        List<String> now = List.copyOf(warnings);
        warnings.clear();
        return now;
    }
}
