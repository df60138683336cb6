package bpfbay.cli;

import java.util.List;

/** An option of one or more commands. One that takes no value has an empty value label. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are List.of
enum Option {
    JSON("--json", "", "print JSON for programs to read", List.of()),
    NETNS("--netns", "NAME|INODE|all", "one network namespace, by name or inode; all of them otherwise", List.of()),
    PASSIVE("--passive", "", "load no program, switch nothing on, write nothing", List.of()),
    XLATED("--xlated", "", "also the program's instructions, with source lines where BTF has them", List.of()),
    FOR("--for", "TIME", "how long to record, such as 30s or 1h", List.of()),
    AT(
            "--at",
            "N|TIME",
            "the moment by its number or its time; otherwise the last one, on the screen the first",
            List.of()),
    TEXT("--text", "", "print tables, without the screen", List.of()),
    REDACT("--redact", "", "replace names of host, processes, cgroups and paths, to share it outside", List.of()),
    SINCE("--since", "FILE", "what happened since a recording began is judged too", List.of()),
    READ_ONLY("--read-only", "", "no key changes anything on the host", List.of()),
    INTERVAL("--interval", "TIME", "time between two looks, such as 500ms, 1s or 2m; 1s otherwise", List.of()),
    THEME("--theme", "dark|light|mono", "colours", List.of("dark", "light", "mono")),
    ASCII("--ascii", "", "draw with ASCII alone", List.of()),
    PRESENT("--present", "", "for a shared screen: high contrast, longer marks, the keys that were pressed", List.of()),
    STATS(
            "--stats",
            "on|off|sample",
            "let the kernel count runs: always, never, or one second in ten",
            List.of("on", "off", "sample")),
    WHO(
            "--who",
            "",
            "tell who calls bpf(2): a program that runs at the end of every system call of the host",
            List.of()),
    TO("--to", "CANDIDATE", "what to put there: prog:ID, pin:PATH or obj:FILE[:PROGRAM]", List.of()),
    MATCH("--match", "NAME", "every attachment of programs of this name, as one group", List.of()),
    EXPECT("--expect", "prog:ID|tag:T", "what must be attached now, else nothing is done", List.of()),
    DRY_RUN("--dry-run", "", "print the plan and what every guard says, and change nothing", List.of()),
    CONFIRM_WITHIN("--confirm-within", "TIME", "undo it after this time unless confirmed: 1s to 24h", List.of()),
    NO_CONFIRM("--no-confirm", "", "let it stay without confirmation, even where that is not usual", List.of()),
    PROBE("--probe", "PATH", "a command that says by its exit status whether the swap may stay", List.of()),
    CANARY("--canary", "N", "swap so many of the group first", List.of()),
    SOAK("--soak", "TIME", "how long the first ones must hold before the others follow", List.of()),
    REUSE("--reuse", "MAP[,MAP]", "live maps that a candidate from a file is to be given", List.of()),
    RENEW_PINS("--renew-pins", "", "let pins of the old program name the new one", List.of()),
    TEST_RUN(
            "--test-run",
            "candidate|both",
            "run the candidate on sample packets first, or the live program too; a run touches their maps",
            List.of("candidate", "both")),
    PACKETS("--packets", "FILE", "packets of a pcap file for the test run", List.of()),
    YES("--yes", "", "do not ask; enough only where no guard warns", List.of()),
    ACCEPT("--accept", "GUARD[,GUARD]", "guards that may warn", List.of()),
    STATE_DIR(
            "--state-dir", "DIR", "where journal and locks are; /var/lib/bpfbay and /run/bpfbay otherwise", List.of()),
    FORGET("--forget", "ID", "let go of the way back of a finished swap", List.of()),
    INTERFACES("--interfaces", "N", "pairs of interfaces in the lab", List.of()),
    AS_MANIFEST("--as-manifest", "", "print what runs as what should run, for check --against", List.of()),
    WINDOW("--window", "TIME", "how long to count runs between two looks; 2s otherwise, 0 looks once", List.of()),
    HOLD_DOWN("--hold-down", "TIME", "what is younger is not reported yet; 10s otherwise", List.of()),
    AGAINST("--against", "MANIFEST", "a file of what should run, as snapshot --as-manifest writes it", List.of()),
    IGNORE("--ignore", "FILE", "what is known: lines of a code, a ref pattern, a last day and a reason", List.of()),
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
