package bpfbay.journal;

import bpfbay.kernel.Errno;
import bpfbay.kernel.FileLocks;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.StateFiles;
import bpfbay.swap.Journal;
import bpfbay.swap.JournalEntry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/*
 * Where a file takes only a part of the lines, or answers too late, all of them are in the next file too.
 * Equal entries are therefore read as one.
 */
/** JSON lines in the first of some files that takes them, as contract and guard process have it. Any thread. */
public final class FileJournal implements Journal {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long FULL = 4L << 20;
    private static final int MOST = 32 << 20;
    private static final int COMPLAINTS = 10;

    private final List<Path> files;
    private final StateFiles stateFiles;
    private final Generations generations;
    private final Patience writing;
    private final Patience reading;
    private final Lines lines = new Lines(MOST);
    private final Set<String> said = new LinkedHashSet<>();
    private final List<String> unsaid = new ArrayList<>();
    private List<Object> lastState = List.of();
    private List<JournalEntry> lastEntries = List.of();

    public FileJournal(StateFolders folders, StateFiles files, FileLocks locks) {
        this(folders, files, locks, PATIENCE, FULL);
    }

    FileJournal(StateFolders folders, StateFiles files, FileLocks locks, Duration patience, long full) {
        this.files = folders.journals();
        this.stateFiles = files;
        this.generations = new Generations(locks, full);
        this.writing = new Patience(patience);
        this.reading = new Patience(patience);
    }

    @Override
    public boolean append(List<JournalEntry> entries) {
        byte[] bytes = EntryWriter.lines(entries);
        List<String> reasons = new ArrayList<>();
        for (Path file : files) {
            try {
                writing.attempt(file, () -> append(file, bytes));
                if (!reasons.isEmpty()) {
                    complain("the journal went to " + file + ": " + String.join("; ", reasons));
                }
                return true;
            } catch (KernelException e) {
                reasons.add(folder(file) + ": " + reason(e));
            }
        }
        complain("the journal could not be written: " + String.join("; ", reasons));
        return false;
    }

    private Path append(Path file, byte[] bytes) {
        stateFiles.makeFolder(folder(file));
        try {
            generations.setAsideIfFull(file);
        } catch (KernelException | UncheckedIOException e) {
            warn("the journal " + file + " is full and cannot be set aside: " + e.getMessage());
        }
        stateFiles.append(file, bytes);
        return file;
    }

    private static Path folder(Path file) {
        return file.resolveSibling("");
    }

    private static String reason(KernelException e) {
        String hint = e.problem().hint();
        return hint.isEmpty() ? Errno.name(e.problem().errno()) : hint;
    }

    /* A screen asks with every picture, and the files are long and seldom change. */
    @Override
    public synchronized List<JournalEntry> read() {
        List<Object> state = files.stream().map(this::state).toList();
        if (!state.equals(lastState)) {
            lastEntries = files.stream()
                    .map(this::read)
                    .reduce(FileJournal::merged)
                    .map(all -> List.copyOf(new LinkedHashSet<>(all)))
                    .orElse(List.of());
            lastState = state;
        }
        return lastEntries;
    }

    /** Equal as long as nobody has written; never equal to anything where that cannot be told. */
    private Object state(Path file) {
        try {
            return reading.attempt(file, () -> Lines.state(file));
        } catch (KernelException | UncheckedIOException e) {
            return new Object();
        }
    }

    private List<JournalEntry> read(Path file) {
        List<JournalEntry> entries = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (Lines.Line line : lines(file)) {
            try {
                line.wrong().ifPresent(wrong -> complaints.add(where(line) + wrong));
                if (line.wrong().isEmpty()) {
                    EntryReader.read(line.text()).ifPresent(entries::add);
                }
            } catch (DamagedLineException e) {
                complaints.add(where(line) + e.getMessage());
            }
        }
        complaints.stream().limit(COMPLAINTS).forEach(this::warn);
        if (complaints.size() > COMPLAINTS) {
            warn(file + ": " + (complaints.size() - COMPLAINTS) + " more lines are damaged");
        }
        return entries;
    }

    private List<Lines.Line> lines(Path file) {
        try {
            return reading.attempt(file, () -> lines.read(file));
        } catch (KernelException e) {
            warn("the journal cannot be read: " + file + ": " + reason(e));
        } catch (UncheckedIOException e) {
            warn("the journal cannot be read: " + e.getMessage());
        }
        return List.of();
    }

    private static String where(Lines.Line line) {
        return line.file() + (line.number() > 0 ? ":" + line.number() : "") + ": ";
    }

    /** Each keeps its own order, since clocks are set back; between them the time decides. */
    private static List<JournalEntry> merged(List<JournalEntry> some, List<JournalEntry> others) {
        List<JournalEntry> all = new ArrayList<>(some.size() + others.size());
        int next = 0;
        for (JournalEntry entry : some) {
            while (next < others.size() && others.get(next).at().isBefore(entry.at())) {
                all.add(others.get(next++));
            }
            all.add(entry);
        }
        all.addAll(others.subList(next, others.size()));
        return all;
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public List<String> warnings() {
        synchronized (said) {
            List<String> all = List.copyOf(unsaid);
            unsaid.clear();
            return all;
        }
    }

    /** Once each: a damaged line is read with every picture. */
    private void warn(String warning) {
        synchronized (said) {
            if (said.add(warning)) {
                unsaid.add(warning);
            }
        }
    }

    /** Once until somebody has heard it: a full disk is full at every step, and still so at the next swap. */
    private void complain(String warning) {
        synchronized (said) {
            if (!unsaid.contains(warning)) {
                unsaid.add(warning);
            }
        }
    }
}
