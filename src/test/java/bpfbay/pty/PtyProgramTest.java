package bpfbay.pty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("screen")
class PtyProgramTest {
    @Test
    void its_terminal_is_the_controlling_one_and_has_the_size_asked_for() {
        try (PtyProgram program = PtyProgram.of("sh", "-c", "stty size </dev/tty; echo $TERM")
                .sized(61, 11)
                .start()) {
            assertEquals(0, program.exitStatus());
            assertEquals("11 61", program.screen().rows().get(0));
            assertEquals("xterm-256color", program.screen().rows().get(1));
        }
    }

    @Test
    void keys_reach_it_and_a_signal_ends_it() {
        try (PtyProgram program =
                PtyProgram.of("sh", "-c", "read x; echo got $x; read y").start()) {
            program.type("über\n");
            program.awaitText("got über");
            program.signal(Signal.TERM);
            assertEquals(128 + 15, program.exitStatus());
        }
    }

    @Test
    void a_changed_termios_shows() {
        try (PtyProgram program = PtyProgram.of("sh", "-c", "read x; stty -iexten; echo done; read y")
                .start()) {
            String before = program.termios();
            program.type("\n");
            program.awaitText("done");
            assertNotEquals(before, program.termios());
        }
    }

    @Test
    void a_new_size_is_signalled() {
        try (PtyProgram program = PtyProgram.of(
                        "bash", "-c", "trap 'stty size' WINCH; echo up; while :; do sleep 0.05; done")
                .start()) {
            program.awaitText("up");
            program.resize(100, 30);
            program.awaitText("30 100");
        }
    }

    @Test
    void a_hang_up_ends_the_session() {
        try (PtyProgram program = PtyProgram.of("sleep", "60").start()) {
            program.hangUp();
            program.awaitThat("it ends", () -> !program.leader().isAlive());
        }
    }

    @Test
    void a_stalled_line_holds_up_its_writer() {
        try (PtyProgram program =
                PtyProgram.of("sh", "-c", "read x; seq 10000; echo end").start()) {
            program.stall();
            program.type("\n");
            program.awaitThat(
                    "its writer waits for the terminal",
                    () -> program.leader().descendants().anyMatch(PtyProgram::isWritingBlocked));
            assertFalse(program.screen().shows("end"));
            program.flow();
            program.awaitText("end");
        }
    }

    @Test
    void styles_and_modes_are_seen() {
        try (PtyProgram program = PtyProgram.of(
                        "printf", "\\033[?1049h\\033[?25l\\033[2;3H\\033[7mrev\\033[0;1mbold\\033[0m")
                .start()) {
            PtyScreen screen = program.await("bold", s -> s.shows("bold"));
            assertEquals("  RRRBBBB", screen.styles().get(1));
            assertTrue(screen.modes().isAlternate());
            assertFalse(screen.modes().isCursorShown());
            assertEquals(9, screen.column());
            assertEquals(1, screen.row());
        }
    }

    @Test
    void what_does_not_come_fails_with_the_screen_as_it_is() {
        try (PtyProgram program = PtyProgram.of("echo", "something else").start()) {
            AssertionError failure = assertThrows(AssertionError.class, () -> program.awaitText("what is wanted"));
            assertTrue(failure.toString().contains("something else"), failure.toString());
        }
    }
}
