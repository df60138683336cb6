package bpfbay.cli;

import java.util.List;

/** An option of one or more commands. One that takes no value has an empty value label. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum Option {
    JSON("--json", "", "print JSON for programs to read", List.of()),
    NETNS("--netns", "NAME|INODE|all", "one network namespace, by name or inode; all of them otherwise", List.of()),
    PASSIVE("--passive", "", "load no program, switch nothing on, write nothing", List.of()),
    XLATED("--xlated", "", "also the program's instructions, with source lines where BTF has them", List.of()),
    READ_ONLY("--read-only", "", "no key changes anything on the host", List.of()),
    INTERVAL("--interval", "TIME", "time between two looks, such as 500ms, 1s or 2m; 1s otherwise", List.of()),
    THEME("--theme", "dark|light|mono", "colours", List.of("dark", "light", "mono")),
    ASCII("--ascii", "", "draw with ASCII alone", List.of()),
    STATS(
            "--stats",
            "on|off|sample",
            "let the kernel count runs: always, never, or one second in ten",
            List.of("on", "off", "sample")),
    INTERFACES("--interfaces", "N", "pairs of interfaces in the lab", List.of()),
    HELP("--help", "", "say how the command is used", List.of());

    private final String word;
    private final String value;
    private final String help;
    private final List<String> choices;

    Option(String word, String value, String help, List<String> choices) {
        this.word = word;
        this.value = value;
        this.help = help;
        this.choices = choices;
    }

    String word() {
        return word;
    }

    String value() {
        return value;
    }

    boolean takesValue() {
        return !value.isEmpty();
    }

    String help() {
        return help;
    }

    /** The values there are; empty where the command decides. */
    List<String> choices() {
        return choices;
    }

    /** {@code --theme dark|light|mono}. */
    String usage() {
        return takesValue() ? word + " " + value : word;
    }
}
