package bpfbay.swap;

import java.nio.file.Path;
import java.util.List;

/** A journal, and somebody who is told before and after each append. */
record WatchedJournal(Journal journal, Runnable before, Runnable after) implements Journal {
    @Override
    public void append(List<JournalEntry> entries) {
        before.run();
        journal.append(entries);
        after.run();
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
