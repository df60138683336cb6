package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.PosixSysTerminal;
import org.jline.terminal.impl.jna.JnaTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/** The terminal of a line prompt, of any kind: one that is dumb, or unknown, is used as one that can do nothing. */
public final class LineTerminal implements AutoCloseable {
    private final Terminal terminal;

    private LineTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * The terminal on the standard streams.
     *
     * @param environment for TERM
     */
    public static LineTerminal open(Map<String, String> environment) {
        String term = Optional.ofNullable(environment.get("TERM"))
                .filter(name -> !name.isEmpty())
                .orElse("dumb");
        try {
            return new LineTerminal(new PosixSysTerminal(
                    "bpfbay",
                    term,
                    new JnaTerminalProvider().current(SystemStream.Output),
                    UTF_8,
                    false,
                    Terminal.SignalHandler.SIG_DFL));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Terminal terminal() {
        return terminal;
    }

    @Override
    public void close() {
        try {
            terminal.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
