package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.tui.terminal.Clipboard.Sent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipboardTest {
    private static final TerminalKind XTERM = TerminalKind.of(Map.of("TERM", "xterm"));

    @TempDir
    Path directory;

    private final SpyWire wire = new SpyWire(80, 24);

    private Clipboard clipboard(Map<String, String> environment) {
        return new Clipboard(wire, XTERM, environment, Optional.empty());
    }

    private Clipboard inTmux(String script) throws IOException {
        Path tmux = directory.resolve("tmux");
        Files.writeString(tmux, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(tmux, PosixFilePermissions.fromString("rwx------"));
        return new Clipboard(wire, XTERM, Map.of("TMUX", "/tmp/tmux-0/default,1,0"), Optional.of(tmux));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_terminal_gets_it_in_one_sequence() {
        assertEquals(Sent.TO_TERMINAL, clipboard(Map.of()).copy(bytes("eth0/xdp")));
        assertEquals(List.of("\033]52;c;ZXRoMC94ZHA=\007"), wire.takeWrites());
    }

    @Test
    void bytes_that_are_no_text_arrive_as_they_are() {
        clipboard(Map.of()).copy(new byte[] {'a', (byte) 0xff});
        assertEquals(List.of("\033]52;c;Yf8=\007"), wire.takeWrites());
    }

    @Test
    void screen_gets_it_wrapped_in_parts_it_does_not_drop() {
        assertEquals(Sent.TO_TERMINAL, clipboard(Map.of("STY", "1.x")).copy(bytes("a".repeat(600))));
        String sent = wire.takeWrites().get(0);
        assertEquals(2, sent.split("\033P", -1).length - 1);
        assertEquals(
                "\033]52;c;" + "YWFh".repeat(200) + "\007",
                sent.replace("\033P", "").replace("\033\\", ""));
    }

    @Test
    void tmux_gets_it_by_its_own_command() throws IOException {
        Path got = directory.resolve("got");
        Clipboard clipboard = inTmux("echo \"$*\" >'" + got + "'; cat >>'" + got + "'");
        assertEquals(Sent.TO_TMUX, clipboard.copy(bytes("eth0/xdp")));
        assertEquals("load-buffer -w -\neth0/xdp", Files.readString(got, StandardCharsets.UTF_8));
        assertEquals(List.of(), wire.takeWrites());
    }

    @Test
    void where_tmux_fails_or_hangs_the_terminal_gets_it() throws IOException {
        assertEquals(Sent.TO_TERMINAL, inTmux("exit 1").copy(bytes("x")));
        assertEquals(Sent.TO_TERMINAL, inTmux("exec sleep 60").copy(bytes("x")));
        assertEquals(2, wire.takeWrites().size());
    }

    @Test
    void nothing_and_too_much_are_not_sent() {
        assertEquals(Sent.NOTHING, clipboard(Map.of()).copy(bytes("")));
        assertEquals(Sent.TOO_LONG, clipboard(Map.of()).copy(bytes("a".repeat(60_000))));
        assertEquals(List.of(), wire.takeWrites());
    }

    @Test
    void a_terminal_that_would_show_it_gets_nothing() {
        TerminalKind vt100 = TerminalKind.of(Map.of("TERM", "vt100"));
        assertEquals(Sent.NOT_POSSIBLE, new Clipboard(wire, vt100, Map.of()).copy(bytes("x")));
        assertEquals(List.of(), wire.takeWrites());
    }
}
