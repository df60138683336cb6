package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.tui.terminal.TerminalKind.Colors;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalKindTest {
    private static TerminalKind kind(String... pairs) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            environment.put(pairs[i], pairs[i + 1]);
        }
        return TerminalKind.of(environment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xterm", "xterm-256color", "screen", "screen.xterm-256color", "tmux-256color", "linux", "rxvt"})
    void a_usual_terminal_has_colours(String term) {
        assertEquals(Colors.SIXTEEN, kind("TERM", term).colors());
        assertTrue(kind("TERM", term).refusal().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"vt100", "vt220", "vt102", "xterm-mono", "screen-m"})
    void an_old_one_has_none_and_is_not_refused(String term) {
        assertEquals(Colors.NONE, kind("TERM", term, "COLORTERM", "truecolor").colors());
        assertTrue(kind("TERM", term).refusal().isEmpty());
    }

    @Test
    void no_color_takes_them_away_unless_it_is_empty() {
        assertEquals(Colors.NONE, kind("TERM", "xterm", "NO_COLOR", "1").colors());
        assertEquals(Colors.SIXTEEN, kind("TERM", "xterm", "NO_COLOR", "").colors());
    }

    @Test
    void a_terminal_without_a_screen_is_refused_in_one_line() {
        assertEquals(
                "TERM is not set: set it to the terminal's kind, such as xterm or vt100",
                kind().refusal().orElseThrow());
        assertEquals(
                "TERM=dumb cannot show a full screen",
                kind("TERM", "dumb").refusal().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "en_GB.UTF-8, '', '', true",
        "C.utf8, '', '', true",
        "'', de_DE.UTF-8, C, true",
        "'', '', C.UTF-8, true",
        "C, en_GB.UTF-8, en_GB.UTF-8, false",
        "'', POSIX, en_GB.UTF-8, false",
        "'', '', en_US.ISO-8859-1, false",
        "'', '', '', false",
    })
    void the_first_variable_of_the_locale_that_is_set_says_what_can_be_drawn(
            String all, String type, String lang, boolean isUnicode) {
        assertEquals(
                isUnicode,
                kind("TERM", "xterm", "LC_ALL", all, "LC_CTYPE", type, "LANG", lang)
                        .isUnicode());
    }

    @Test
    void a_vt100_draws_ascii_in_every_locale() {
        assertFalse(kind("TERM", "vt100", "LC_ALL", "C.UTF-8").isUnicode());
    }
}
