package bpfbay.tui;

import bpfbay.tui.terminal.Wire;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/*
 * tmux drops OSC 52 from its panes by default, but takes what `tmux load-buffer -w -` gives it and passes it
 * on. sudo strips TMUX; then the sequence is all there is. No terminal says whether it took the text, so
 * nothing here claims success.
 */
/** Sends text to the clipboard of whoever looks at the terminal. */
final class Clipboard {
    /** Terminals take about this much of base64. */
    private static final int MOST = 74_994;

    private static final long TMUX_SECONDS = 2;

    private final Wire wire;
    private final Map<String, String> environment;

    Clipboard(Wire wire, Map<String, String> environment) {
        this.wire = wire;
        this.environment = environment;
    }

    void copy(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length == 0) {
            return;
        }
        if (!environment.getOrDefault("TMUX", "").isEmpty() && toTmux(bytes)) {
            return;
        }
        String base64 = Base64.getEncoder().encodeToString(bytes);
        if (base64.length() <= MOST) {
            String sequence = "\033]52;c;" + base64 + "\007";
            boolean isScreen =
                    environment.getOrDefault("TERM", "").startsWith("screen") && environment.containsKey("STY");
            byte[] sent = (isScreen ? "\033P" + sequence + "\033\\" : sequence).getBytes(StandardCharsets.US_ASCII);
            wire.write(sent, sent.length);
        }
    }

    private static boolean toTmux(byte[] bytes) {
        try {
            Process tmux = new ProcessBuilder("/usr/bin/tmux", "load-buffer", "-w", "-")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = tmux.getOutputStream()) {
                in.write(bytes);
            }
            if (!tmux.waitFor(TMUX_SECONDS, TimeUnit.SECONDS)) {
                tmux.destroyForcibly();
                return false;
            }
            return tmux.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
