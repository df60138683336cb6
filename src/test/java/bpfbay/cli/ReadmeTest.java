package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The README's tables are those of the program; {@code -Dframes.update} writes them anew. */
final class ReadmeTest {
    private static final Path HOME = Path.of(System.getProperty("bpfbay.home", "."));
    private static final Path README = HOME.resolve("README.md");
    private static final String START = "<!-- commands -->\n";
    private static final String END = "<!-- /commands -->";

    @Test
    void the_commands_and_options_are_the_program_s() throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf(START) + START.length();
        int end = readme.indexOf(END);
        assertTrue(start >= START.length() && end >= start, "the README has the marks " + START + END);
        if (System.getProperty("frames.update") != null) {
            Files.writeString(README, readme.substring(0, start) + tables() + readme.substring(end));
            return;
        }
        assertEquals(tables(), readme.substring(start, end));
    }

    @Test
    void the_version_is_that_of_the_build() throws IOException {
        String pom = Files.readString(HOME.resolve("pom.xml"));
        assertTrue(pom.contains("<version>" + Main.VERSION + "-SNAPSHOT</version>")
                || pom.contains("<version>" + Main.VERSION + "</version>"));
    }

    private static String tables() {
        StringBuilder out = new StringBuilder("| command | does |\n|---|---|\n");
        Set<Option> options = new LinkedHashSet<>();
        for (Command command : Command.values()) {
            row(out, command.usage(), command.summary());
            options.addAll(command.options());
        }
        out.append("\n| option | means |\n|---|---|\n");
        options.forEach(option -> row(out, option.usage(), option.help()));
        return out.toString();
    }

    private static void row(StringBuilder out, String code, String text) {
        out.append("| `")
                .append(code.replace("|", "\\|"))
                .append("` | ")
                .append(text)
                .append(" |\n");
    }
}
