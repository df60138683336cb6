package bpfbay.cli;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.Signals;

/*
 * Left alone the JVM ends by 128 plus the signal's number, also where being ended is how a command is meant to end. A signal
 * that was ignored from the start, as behind nohup, still is.
 */
/** Lets a command that goes on until it is told to end do so by itself. The second signal ends the process. */
final class ToldToEnd implements AutoCloseable {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    /** What stood there before. */
    private record Handled(String signal, Object before) {}

    private final List<Handled> handled = new ArrayList<>();

    private ToldToEnd() {}

    /** @param end is run by a thread of its own */
    static ToldToEnd by(Runnable end) {
        ToldToEnd told = new ToldToEnd();
        for (String signal : SIGNALS) {
            Object before = Signals.register(signal, () -> {
                told.close();
                end.run();
            });
            if (before != null) {
                told.add(new Handled(signal, before));
            }
        }
        return told;
    }

    private synchronized void add(Handled one) {
        handled.add(one);
    }

    /** From here on a signal does what it did before. */
    @Override
    public synchronized void close() {
        handled.forEach(one -> Signals.unregister(one.signal(), one.before()));
        handled.clear();
    }
}
