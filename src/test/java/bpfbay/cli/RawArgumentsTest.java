package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RawArgumentsTest {
    @Test
    void bytes_that_the_locale_destroyed_are_taken_from_the_command_line() {
        assertEquals(
                List.of("show", "pin:/caf\u00e9\udcff"),
                choose("java\0-cp\0x\0Main\0show\0pin:/caf\u00c3\u00a9\u00ff\0", "show", "pin:/caf\ufffd\ufffd\ufffd"));
    }

    @Test
    void an_empty_argument_is_one() {
        assertEquals(List.of("", "\u00e9"), choose("java\0Main\0\0\u00c3\u00a9\0", "", "\ufffd\ufffd"));
    }

    @Test
    void a_command_line_that_says_something_else_is_not_believed() {
        assertEquals(List.of("show", "\ufffd"), choose("java\0Main\0other\0\u00ff\0", "show", "\ufffd"));
        assertEquals(List.of("\ufffd"), choose("", "\ufffd"));
    }

    private static List<String> choose(String cmdline, String... decoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(cmdline.getBytes(StandardCharsets.ISO_8859_1));
        return RawArguments.choose(bytes.toByteArray(), decoded);
    }
}
