package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.jline.terminal.Size;
import org.jline.terminal.impl.AbstractPosixTerminal;
import org.jline.utils.NonBlockingReader;

/*
 * JLine is used for the size and for signals. What it makes by itself would let SIGINT end the JVM without shutdown hooks,
 * forks infocmp, waits at the end for the output to drain, for ever on a stalled line, and hears of signals by reflection and
 * a log, which takes a twentieth of a start.
 */
/** JLine's terminal on the standard streams, of which nothing is changed: keys and frames are {@link Tty}'s. */
final class SignalledTerminal extends AbstractPosixTerminal {
    private static final String NOT_BY_JLINE = "keys and frames do not go through JLine";

    private SignalledTerminal(String term) throws IOException {
        super("bpfbay", term, new StandardStreams(), UTF_8, SignalHandler.SIG_DFL);
    }

    static SignalledTerminal open(String term) {
        try {
            return new SignalledTerminal(term);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** WINCH, TSTP and CONT go to their handlers, on a thread of their own, instead of doing what they usually do. */
    void hearSignals() {
        int heard = SignalCalls.shim_signals_open();
        if (heard < 0) {
            throw new UncheckedIOException(new IOException("no pipe for signals: errno " + -heard));
        }
        Thread thread = new Thread(() -> hear(heard), "bpfbay-signals");
        thread.setDaemon(true);
        thread.start();
    }

    private void hear(int heard) {
        int signal = SignalCalls.shim_signals_next(heard);
        while (signal != 0) {
            switch (signal) {
                case SignalCalls.SIGWINCH -> raise(Signal.WINCH);
                case SignalCalls.SIGTSTP -> raise(Signal.TSTP);
                default -> raise(Signal.CONT);
            }
            signal = SignalCalls.shim_signals_next(heard);
        }
    }

    /** Signals do again what they usually do. */
    void ignoreSignals() {
        SignalCalls.shim_signals_close();
    }

    /** What the kind of the terminal is capable of, which nothing here asks and which takes long to read. */
    @Override
    protected void parseInfoCmp() {}

    /** At least 1 by 1; 80 by 24 where the terminal does not say. */
    Size sizeOrUsual() {
        Size size = getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : new Size(80, 24);
    }

    @Override
    public NonBlockingReader reader() {
        throw new UnsupportedOperationException(NOT_BY_JLINE);
    }

    @Override
    public PrintWriter writer() {
        throw new UnsupportedOperationException(NOT_BY_JLINE);
    }

    @Override
    public InputStream input() {
        throw new UnsupportedOperationException(NOT_BY_JLINE);
    }

    @Override
    public OutputStream output() {
        throw new UnsupportedOperationException(NOT_BY_JLINE);
    }
}
