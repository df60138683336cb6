package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.pty.PtyProgram;
import bpfbay.pty.PtyScreen;
import bpfbay.pty.Signal;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way out leaves the terminal as it was; by the demo on a pseudo terminal. */
@Tag("screen")
class TtyTest {
    /** What a modern terminal may answer, report or send, none of which is a key that bpfbay has. */
    private static final String NO_KEYS =
            "\033[?1;2c\033[I\033[O\033]11;rgb:0000/0000/0000\033\\\033[<0;10;10M\033[M !!"
                    + "\033[24;80R\033P1$r0m\033\\\033[97;5u\033[27;5;113~\033[8;24;80t";

    private static PtyProgram demo() {
        return up(PtyProgram.ofMain(DemoScreen.class));
    }

    private static PtyProgram up(PtyProgram.Setup setup) {
        PtyProgram program = setup.start();
        program.awaitText("row " + (setup.rows() - 1));
        return program;
    }

    private static void assertRestored(PtyProgram program, String termios) {
        assertEquals(termios, program.termios());
        assertEquals(new PtyScreen.Modes(false, true, false), program.screen().modes());
    }

    /** A program's terminal as it was before the program: the demo has not been entered yet. */
    private static String untouched() {
        try (PtyProgram program = PtyProgram.of("true").start()) {
            program.exitStatus();
            return program.termios();
        }
    }

    @Test
    void a_struct_termios_fits_into_its_room() {
        assertTrue(TtyCalls.sizeof_termios() <= TtyCalls.TERMIOS_ROOM);
    }

    @Test
    void it_draws_on_the_alternate_screen_without_a_cursor() {
        try (PtyProgram demo = demo()) {
            PtyScreen screen = demo.screen();
            assertEquals("demo 80x24", screen.rows().get(0));
            assertTrue(screen.styles().get(0).startsWith("BBBB"));
            assertEquals(new PtyScreen.Modes(true, false, true), screen.modes());
            assertFalse(demo.sent().contains("\033[6n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "\003"})
    void a_key_that_quits_leaves_the_terminal_as_it_was(String key) {
        try (PtyProgram demo = demo()) {
            demo.type(key);
            assertEquals(key.equals("q") ? 0 : 130, demo.exitStatus());
            assertRestored(demo, untouched());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HUP", "INT", "TERM"})
    void so_does_a_signal(Signal signal) {
        try (PtyProgram demo = demo()) {
            demo.signal(signal);
            assertEquals(128 + signal.number(), demo.exitStatus());
            assertRestored(demo, untouched());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "w"})
    void an_exception_is_told_on_the_normal_screen(String key) {
        try (PtyProgram demo = demo()) {
            demo.type(key);
            assertEquals(70, demo.exitStatus());
            assertRestored(demo, untouched());
            String sent = demo.sent();
            assertTrue(sent.indexOf("IllegalStateException") > sent.lastIndexOf("\033[?1049l"), sent);
        }
    }

    @Test
    void the_prompt_comes_back_on_the_last_line() {
        try (PtyProgram demo = demo()) {
            demo.type("q");
            demo.exitStatus();
            assertTrue(demo.sent().contains("\033[2J\033[999;1H\033[?1049l"), demo.sent());
        }
    }

    @Test
    void sizes_are_followed_down_to_one_cell() {
        try (PtyProgram demo = demo()) {
            demo.resize(120, 40);
            demo.awaitText("row 39");
            assertTrue(demo.screen().shows("demo 120x40"));
            demo.resize(1, 1);
            demo.await("one cell", screen -> screen.text().strip().equals("d"));
            demo.resize(80, 24);
            demo.awaitText("row 23");
        }
    }

    @Test
    void a_terminal_without_a_size_is_80x24() {
        try (PtyProgram demo = PtyProgram.ofMain(DemoScreen.class).sized(80, 24).start()) {
            demo.awaitText("row 23");
            demo.resize(0, 0);
            demo.awaitText("demo 80x24");
        }
    }

    @Test
    void what_is_no_key_does_nothing_and_a_paste_is_one_input() {
        try (PtyProgram demo = demo()) {
            demo.type(NO_KEYS + "\033[200~qxw\003\033[201~");
            demo.awaitText("last Paste[text=qxw");
            demo.awaitText("inputs 1");
            demo.type("é");
            demo.awaitText("codePoint=233");
            demo.awaitText("inputs 2");
        }
    }

    @Test
    void a_lone_escape_is_a_key() {
        try (PtyProgram demo = demo()) {
            demo.type("\033");
            demo.awaitText("ESCAPE");
        }
    }

    @Test
    void a_hang_up_ends_it() {
        try (PtyProgram demo = demo()) {
            demo.hangUp();
            demo.awaitThat("it ends", () -> !demo.leader().isAlive());
        }
    }

    @Test
    void a_hang_up_ends_it_where_the_signal_is_ignored_too() {
        String command = PtyProgram.java(DemoScreen.class).stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" ", "trap '' HUP; exec ", ""));
        try (PtyProgram demo = up(PtyProgram.of("sh", "-c", command))) {
            demo.hangUp();
            demo.awaitThat("it ends", () -> !demo.leader().isAlive());
        }
    }

    @Test
    void a_stalled_line_does_not_hold_up_the_end() {
        try (PtyProgram demo = demo()) {
            String before = untouched();
            demo.stall();
            demo.type("f");
            demo.awaitThat("the line is full", () -> PtyProgram.isWritingBlocked(demo.leader()));
            demo.signal(Signal.TERM);
            demo.awaitThat("it ends", () -> !demo.leader().isAlive());
            assertEquals(before, demo.termios());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dumb", ""})
    void a_terminal_that_cannot_is_refused_in_one_line(String term) {
        try (PtyProgram demo =
                PtyProgram.ofMain(DemoScreen.class).with("TERM", term).start()) {
            assertEquals(3, demo.exitStatus());
            assertTrue(demo.screen().rows().get(0).startsWith("demo: TERM"));
            assertEquals("", demo.screen().rows().get(1));
        }
    }

    @Test
    void a_vt100_gets_no_colour_and_no_words_it_does_not_know() {
        try (PtyProgram demo = up(PtyProgram.ofMain(DemoScreen.class).with("TERM", "vt100"))) {
            assertFalse(demo.sent().contains("2026"));
        }
    }
}
