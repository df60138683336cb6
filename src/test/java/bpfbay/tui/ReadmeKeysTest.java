package bpfbay.tui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.tui.state.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's list of keys is the program's; {@code -Dframes.update} writes it anew. */
class ReadmeKeysTest {
    private static final Path README = Path.of(System.getProperty("bpfbay.home", "."), "README.md");
    private static final String START = "<!-- keys -->\n";
    private static final String END = "<!-- /keys -->";

    @Test
    void the_keys_are_the_program_s() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END);
        assertTrue(start >= START.length() && end >= start, "the README has the marks " + START + END);
        if (System.getProperty("frames.update") != null) {
            Files.writeString(README, readme.substring(0, start) + table() + readme.substring(end));
            return;
        }
        assertEquals(table(), readme.substring(start, end));
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| key | command | does |\n|---|---|---|\n");
        for (Command command : Command.values()) {
            String keys = String.join(
                    " ",
                    command.keys().stream().map(key -> "`" + key.label() + "`").toList());
            table.append("| ")
                    .append(keys)
                    .append(" | `:")
                    .append((command.word() + " " + command.argument()).strip())
                    .append("` | ")
                    .append(command.tooltip())
                    .append(" |\n");
        }
        return table.toString();
    }
}
