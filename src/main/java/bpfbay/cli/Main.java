package bpfbay.cli;

/** The program. The only place that touches the standard streams and ends the process. */
@AllowedHere
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.err.println("bpfbay: not built yet: " + String.join(" ", args));
        System.exit(ExitCode.FAILED.number());
    }
}
