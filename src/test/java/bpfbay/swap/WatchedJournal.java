package bpfbay.swap;

import java.nio.file.Path;
import java.util.List;

/** A journal, and somebody who is told before and after each append. */
record WatchedJournal(Journal journal, Runnable before, Runnable after) implements Journal {
    @Override
    public boolean append(List<JournalEntry> entries) {
        before.run();
        boolean isWritten = journal.append(entries);
        after.run();
        return isWritten;
    }

    @Override
    public List<JournalEntry> read() {
        return journal.read();
    }

    @Override
    public List<Path> files() {
        return journal.files();
    }

    @Override
    public List<String> warnings() {
        return journal.warnings();
    }
}
