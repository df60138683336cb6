package bpfbay.cli;

import java.util.Locale;

/** How bpfbay and its commands are used, made from the table of commands. */
final class HelpText {
    private HelpText() {}

    static String all() {
        StringBuilder out = new StringBuilder();
        out.append("bpfbay shows what is plugged into every BPF hook of this host.\n\n");
        for (Command command : Command.values()) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %-28s %s%n",
                    command == Command.TUI ? "bpfbay [tui]" : call(command),
                    command.summary()));
        }
        out.append(
                "\nbpfbay help COMMAND says more. Exit codes: 0 done, 1 bad news, 2 usage, 3 not permitted or not\n");
        out.append("supported here, 4 failed, 5 done and undone again unless confirmed.\n");
        return out.toString();
    }

    static String of(Command command) {
        StringBuilder out = new StringBuilder();
        out.append(command.usage()).append("\n\n").append(command.summary()).append('\n');
        if (!command.options().isEmpty()) {
            out.append('\n');
        }
        for (Option option : command.options()) {
            out.append(String.format(Locale.ROOT, "  %-24s %s%n", option.usage(), option.help()));
        }
        if (command == Command.SHOW || command == Command.PATH || command == Command.SWAP) {
            out.append('\n').append(refs());
        }
        return out.toString();
    }

    private static String call(Command command) {
        Command.Operand operand = command.operand();
        String label = command == Command.SHOW ? "REF|KIND:ID" : operand.label();
        return "bpfbay " + command.word()
                + switch (operand.need()) {
                    case NONE -> "";
                    case OPTIONAL -> " [" + label + "]";
                    case REQUIRED -> " " + label;
                    case NUMBERED -> " " + label + " [N]";
                    case ANY -> " " + label + " …";
                };
    }

    private static String refs() {
        return """
        A ref names one attachment. Without netns: it is in the namespace bpfbay runs in.
          eth0/xdp                      the XDP hook
          eth0/xdp/slot:2               a component of a dispatcher
          eth0/tc/ingress/1:0x1         a tc filter: priority 1, handle 0x1
          eth0/tcx/ingress/2            the second program of a tcx chain
          netns:blue/eth0/xdp           in another namespace, by name or inode
          cgroup:/a.slice/inet_egress/1
          link:88                       any link
        """;
    }
}
