package bpfbay.swap;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that swaps one program for another and is no more at a step of its journal: no clean-up runs. */
final class DyingSwap {
    static final int STEPS = 5;

    private DyingSwap() {}

    /** State folder, old program, new program, seconds of the window or 0, the append after which it dies. */
    public static void main(String[] args) {
        int seconds = Integer.parseInt(args[3]);
        ConfirmWindow window =
                seconds == 0 ? new ConfirmWindow.None() : new ConfirmWindow.Within(Duration.ofSeconds(seconds));
        RealEngine real = new RealEngine(Path.of(args[0]), journal -> new Ending(journal, Integer.parseInt(args[4])));
        PreparedSwap prepared = real.plan(Integer.parseUnsignedInt(args[1]), Integer.parseUnsignedInt(args[2]), window);
        real.commit(prepared);
        Runtime.getRuntime().halt(0);
    }

    private static final class Ending implements Journal {
        private final Journal journal;
        private final int step;
        private int appends;

        private Ending(Journal journal, int step) {
            this.journal = journal;
            this.step = step;
        }

        @Override
        public void append(List<JournalEntry> entries) {
            journal.append(entries);
            if (appends++ == step) {
                Runtime.getRuntime().halt(9);
            }
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
}
