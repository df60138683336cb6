package bpfbay.tui.terminal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/*
 * tmux, as it is set up by default, drops both a raw OSC 52 and one wrapped for it, but hands on what its
 * own load-buffer -w was given. sudo strips TMUX, so the raw form remains for what is not seen to be tmux.
 */
/**
 * The clipboard of whoever looks at the terminal, at the other end of ssh too. Nobody answers, so nothing
 * is known of what became of it. For any thread; waits for tmux, but not long.
 */
public final class Clipboard {
    /** In Base64, what common terminals still take. */
    private static final int LONGEST = 74_994;

    /** screen drops a longer string. */
    private static final int SCREEN_PART = 512;

    private static final int TMUX_MS = 1_000;
    private static final List<Path> TMUX = List.of(Path.of("/usr/bin/tmux"), Path.of("/usr/local/bin/tmux"));

    private final Wire wire;
    private final Carrier carrier;
    private final Optional<Path> tmux;

    /** What stands between us and the terminal. */
    private enum Carrier {
        DIRECT,
        TMUX,
        SCREEN,
        /** A terminal that would show the words instead. */
        NONE
    }

    /** What was done; that it arrived is not said. */
    public enum Sent {
        TO_TERMINAL("sent to the terminal's clipboard"),
        TO_TMUX("sent to the clipboard by tmux"),
        NOTHING("nothing to copy"),
        TOO_LONG("too long for a terminal's clipboard: export it"),
        NOT_POSSIBLE("this terminal has no clipboard: export it");

        private final String words;

        Sent(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    public Clipboard(Wire wire, TerminalKind kind, Map<String, String> environment) {
        this(wire, kind, environment, tmux());
    }

    private static Optional<Path> tmux() {
        for (Path path : TMUX) {
            if (Files.isExecutable(path)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    Clipboard(Wire wire, TerminalKind kind, Map<String, String> environment, Optional<Path> tmux) {
        this.wire = wire;
        this.carrier = carrier(kind, environment);
        this.tmux = tmux;
    }

    private static Carrier carrier(TerminalKind kind, Map<String, String> environment) {
        if (!environment.getOrDefault("TMUX", "").isEmpty()) {
            return Carrier.TMUX;
        }
        if (!environment.getOrDefault("STY", "").isEmpty()) {
            return Carrier.SCREEN;
        }
        return kind.isHardware() || kind.term().equals("linux") ? Carrier.NONE : Carrier.DIRECT;
    }

    /** Copies the bytes as they are; text is UTF-8. */
    public Sent copy(byte[] bytes) {
        byte[] encoded = Base64.getEncoder().encode(bytes);
        if (bytes.length == 0) {
            return Sent.NOTHING;
        }
        if (encoded.length > LONGEST) {
            return Sent.TOO_LONG;
        }
        return switch (carrier) {
            case NONE -> Sent.NOT_POSSIBLE;
            case TMUX -> tmux.isPresent() && isTaken(tmux.get(), bytes) ? Sent.TO_TMUX : send(sequence(encoded));
            case SCREEN -> send(wrapped(sequence(encoded)));
            case DIRECT -> send(sequence(encoded));
        };
    }

    private Sent send(byte[] sequence) {
        wire.write(sequence, sequence.length);
        return Sent.TO_TERMINAL;
    }

    private static byte[] sequence(byte[] encoded) {
        return ("\033]52;c;" + new String(encoded, US_ASCII) + "\007").getBytes(US_ASCII);
    }

    private static byte[] wrapped(byte[] sequence) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < sequence.length; i += SCREEN_PART) {
            out.writeBytes(new byte[] {0x1b, 'P'});
            out.write(sequence, i, Math.min(SCREEN_PART, sequence.length - i));
            out.writeBytes(new byte[] {0x1b, '\\'});
        }
        return out.toByteArray();
    }

    /** The text is shorter than a pipe is deep, so that writing it never waits. */
    private static boolean isTaken(Path tmux, byte[] text) {
        try {
            Process process = new ProcessBuilder(tmux.toString(), "load-buffer", "-w", "-")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(text);
            }
            if (process.waitFor(TMUX_MS, TimeUnit.MILLISECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
