package bpfbay.cli;

import java.util.List;
import java.util.Optional;

/** The table of commands: it drives parsing, help and the README. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum Command {
    TUI(
            "tui",
            Operand.NONE,
            "the screen; the command may be left out",
            Option.READ_ONLY,
            Option.INTERVAL,
            Option.NETNS,
            Option.THEME,
            Option.ASCII,
            Option.PRESENT,
            Option.REDACT,
            Option.STATS,
            Option.WHO,
            Option.STATE_DIR,
            Option.PASSIVE),
    SNAPSHOT(
            "snapshot",
            Operand.NONE,
            "one complete picture of the host, as tables or JSON",
            Option.JSON,
            Option.AS_MANIFEST,
            Option.NETNS,
            Option.REDACT,
            Option.PASSIVE),
    CHECK(
            "check",
            Operand.NONE,
            "what is wrong with this host, or worth knowing, and what to do about it",
            Option.JSON,
            Option.WINDOW,
            Option.HOLD_DOWN,
            Option.SINCE,
            Option.AGAINST,
            Option.IGNORE,
            Option.PASSIVE),
    WATCH(
            "watch",
            Operand.NONE,
            "what happens to attachments, programs and pins, a line each as it happens",
            Option.JSON,
            Option.INTERVAL,
            Option.WHO,
            Option.STATE_DIR,
            Option.PASSIVE),
    SHOW(
            "show",
            new Operand("REF|prog:ID|link:ID|map:ID|pin:PATH", Operand.Need.REQUIRED, List.of()),
            "every fact of one thing, and the commands of other tools that show the same",
            Option.JSON,
            Option.XLATED,
            Option.PASSIVE),
    PATH(
            "path",
            new Operand("IFACE", Operand.Need.REQUIRED, List.of()),
            "the hooks a packet of an interface meets, in order",
            Option.JSON,
            Option.PASSIVE),
    DOCTOR(
            "doctor",
            Operand.NONE,
            "what this kernel, libbpf and these privileges allow, and what is missed",
            Option.JSON,
            Option.PASSIVE),
    RECORD(
            "record",
            new Operand("FILE", Operand.Need.REQUIRED, List.of()),
            "writes what happens to a file, until Ctrl-C or for a time",
            Option.INTERVAL,
            Option.FOR,
            Option.NETNS,
            Option.REDACT,
            Option.PASSIVE),
    REPLAY(
            "replay",
            new Operand("FILE", Operand.Need.REQUIRED, List.of()),
            "opens what was recorded, on any machine",
            Option.AT,
            Option.NETNS,
            Option.THEME,
            Option.ASCII,
            Option.PRESENT,
            Option.JSON,
            Option.TEXT,
            Option.REDACT),
    DIFF(
            "diff",
            new Operand("A B", Operand.Need.ANY, List.of()),
            "what differs between two moments or two hosts: files of snapshot --json or record, FILE@TIME, or now",
            Option.JSON,
            Option.REDACT,
            Option.PASSIVE),
    SWAP(
            "swap",
            new Operand("REF", Operand.Need.ANY, List.of()),
            "puts another program in the place of an attached one, atomically and under guard",
            Option.TO,
            Option.MATCH,
            Option.EXPECT,
            Option.DRY_RUN,
            Option.CONFIRM_WITHIN,
            Option.NO_CONFIRM,
            Option.PROBE,
            Option.CANARY,
            Option.SOAK,
            Option.REUSE,
            Option.RENEW_PINS,
            Option.TEST_RUN,
            Option.PACKETS,
            Option.YES,
            Option.ACCEPT,
            Option.STATE_DIR,
            Option.JSON),
    CONFIRM(
            "confirm",
            new Operand("ID|last", Operand.Need.REQUIRED, List.of()),
            "lets a pending swap stay",
            Option.STATE_DIR,
            Option.JSON),
    REVERT(
            "revert",
            new Operand("ID|last", Operand.Need.REQUIRED, List.of()),
            "puts the old programs of a swap back",
            Option.STATE_DIR,
            Option.JSON),
    SWAPS(
            "swaps",
            Operand.NONE,
            "every swap that the journal knows, and which of them wait to be confirmed",
            Option.FORGET,
            Option.STATE_DIR,
            Option.JSON),
    RECOVER(
            "recover",
            Operand.NONE,
            "names what a crash left of a swap, and finishes or undoes it",
            Option.STATE_DIR,
            Option.JSON),
    LAB(
            "lab",
            new Operand(
                    "up|down|status|break|mend",
                    Operand.Need.NUMBERED,
                    List.of("up", "down", "status", "break", "mend")),
            "a throw-away network namespace with real programs on real hooks",
            Option.INTERFACES,
            Option.JSON),
    SHELL("shell", Operand.NONE, "the same commands at a prompt, with history and completion"),
    HELP("help", new Operand("COMMAND", Operand.Need.OPTIONAL, List.of()), "how bpfbay or one command is used"),
    VERSION("version", Operand.NONE, "which version this is; --version too");

    private final String word;
    private final Operand operand;
    private final String summary;
    private final List<Option> options;

    Command(String word, Operand operand, String summary, Option... options) {
        this.word = word;
        this.operand = operand;
        this.summary = summary;
        this.options = List.of(options);
    }

    /**
     * What a command is applied to.
     *
     * @param choices the words there are; empty where the command decides
     */
    record Operand(String label, Need need, List<String> choices) {
        static final Operand NONE = new Operand("", Need.NONE, List.of());

        enum Need {
            NONE,
            OPTIONAL,
            REQUIRED,
            /** A word, and behind some words a number. */
            NUMBERED,
            /** None, one or several. */
            ANY
        }
    }

    static Optional<Command> of(String word) {
        for (Command command : values()) {
            if (command.word.equals(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    String word() {
        return word;
    }

    Operand operand() {
        return operand;
    }

    String summary() {
        return summary;
    }

    List<Option> options() {
        return options;
    }

    /** {@code bpfbay snapshot [--json] [--netns NAME|INODE|all] [--passive]}. */
    String usage() {
        StringBuilder out = new StringBuilder("bpfbay ").append(this == TUI ? "[tui]" : word);
        if (operand.need() == Operand.Need.NUMBERED) {
            out.append(' ').append(operand.label()).append(" [N]");
        } else if (operand.need() == Operand.Need.REQUIRED) {
            out.append(' ').append(operand.label());
        } else if (operand.need() == Operand.Need.OPTIONAL) {
            out.append(" [").append(operand.label()).append(']');
        } else if (operand.need() == Operand.Need.ANY) {
            out.append(" [").append(operand.label()).append(" …]");
        }
        for (Option option : options) {
            out.append(" [").append(option.usage()).append(']');
        }
        return out.toString();
    }
}
