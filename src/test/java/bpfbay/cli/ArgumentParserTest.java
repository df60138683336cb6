package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class ArgumentParserTest {
    @Test
    void nothing_opens_the_screen_and_so_do_options_alone() {
        assertEquals(new Invocation(Command.TUI, Map.of(), List.of()), parse());
        assertEquals(Map.of(Option.THEME, "mono"), parse("--theme", "mono").options());
        assertEquals(Command.TUI, parse("tui", "--ascii").command());
    }

    @Test
    void a_value_follows_or_is_joined_by_an_equals_sign() {
        assertEquals(parse("snapshot", "--netns", "a=b"), parse("snapshot", "--netns=a=b"));
    }

    @Test
    void two_dashes_end_the_options() {
        assertEquals(List.of("--json"), parse("path", "--", "--json").operands());
    }

    @Test
    void help_is_asked_for_anywhere_and_nothing_else_is_checked() {
        assertEquals(new Invocation(Command.HELP, Map.of(), List.of("show")), parse("show", "--json", "--help"));
    }

    @Property
    void any_line_is_an_invocation_or_one_line_of_reproach(@ForAll("lines") List<String> line) {
        try {
            Invocation read = ArgumentParser.parse(line);
            assertTrue(read.operands().size() <= (read.command() == Command.LAB ? 2 : 1));
        } catch (UsageException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
        }
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of(
                        "snapshot",
                        "show",
                        "lab",
                        "up",
                        "help",
                        "--json",
                        "--netns",
                        "--netns=x",
                        "--",
                        "-",
                        "-h",
                        "--interval",
                        "1s",
                        "--theme",
                        "mono",
                        "--xlated",
                        "",
                        "=",
                        "--=",
                        "\udcff")
                .list()
                .ofMaxSize(6);
    }

    private static Invocation parse(String... line) {
        return ArgumentParser.parse(List.of(line));
    }
}
