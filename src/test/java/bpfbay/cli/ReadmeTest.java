package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.export.SnapshotJson;
import bpfbay.testing.Snapshots;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        compare(START, END, tables());
    }

    @Test
    void the_sample_is_what_the_program_writes() throws IOException {
        compare("<!-- sample -->\n", "<!-- /sample -->", "```json\n" + firstAttachment() + "\n```\n");
    }

    private static void compare(String start, String end, String expected) throws IOException {
        String readme = Files.readString(README);
        int from = readme.indexOf(start) + start.length();
        int to = readme.indexOf(end);
        assertTrue(from >= start.length() && to >= from, "the README has the marks " + start + end);
        if (System.getProperty("frames.update") != null) {
            Files.writeString(README, readme.substring(0, from) + expected + readme.substring(to));
            return;
        }
        assertEquals(expected, readme.substring(from, to));
    }

    private static String firstAttachment() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotJson.write(Snapshots.edge(), out);
        JsonElement first = JsonParser.parseString(out.toString(StandardCharsets.UTF_8))
                .getAsJsonObject()
                .getAsJsonArray("attachments")
                .get(0);
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(first);
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
