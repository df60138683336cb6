package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jline.terminal.Size;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.jna.JnaTerminalProvider;
import org.jline.terminal.spi.SystemStream;
import org.jline.utils.ShutdownHooks;

/*
 * JLine is used for the size and for signals. It is made by hand: its builder no longer finds the JNA
 * provider (since 3.30.7), would let SIGINT end the JVM without shutdown hooks, and forks infocmp. Its own shutdown hook is taken away: it waits for the output to drain, for
 * ever on a stalled line, and what it puts back lacks IEXTEN.
 */
/** JLine's terminal on the standard streams, of which nothing is changed. */
final class SignalledTerminal extends PosixSysTerminal {
    private SignalledTerminal(String term) throws IOException {
        super(
                "bpfbay",
                term,
                new JnaTerminalProvider().current(SystemStream.Output),
                UTF_8,
                false,
                SignalHandler.SIG_DFL);
        ShutdownHooks.remove(closer);
    }

    static SignalledTerminal open(String term) {
        try {
            return new SignalledTerminal(term);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the kind of the terminal is capable of, which nothing here asks and which takes long to read. */
    @Override
    protected void parseInfoCmp() {}

    /** At least 1 by 1; 80 by 24 where the terminal does not say. */
    Size sizeOrUsual() {
        Size size = getSize();
        return size.getColumns() > 0 && size.getRows() > 0 ? size : new Size(80, 24);
    }
}
