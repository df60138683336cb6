package bpfbay.cli;

/** How a command ends. Scripts depend on the numbers. */
public enum ExitCode {
    /** It did what it was asked. */
    DONE(0),
    /** It worked, and the answer is bad news. */
    BAD_NEWS(1),
    /** Unknown command or option, or a name that names nothing. */
    USAGE(2),
    /** Not permitted, or a kernel feature is missing. */
    NOT_POSSIBLE(3),
    FAILED(4),
    /** Done, and it will be undone unless confirmed. */
    PENDING(5);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
