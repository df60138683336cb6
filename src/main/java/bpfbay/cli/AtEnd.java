package bpfbay.cli;

/** What is still to be done where a signal ends the process, unless it is taken back before. */
final class AtEnd {
    private final Thread hook;

    private AtEnd(Thread hook) {
        this.hook = hook;
    }

    static AtEnd of(Runnable work) {
        AtEnd atEnd = new AtEnd(new Thread(work, "bpfbay-end"));
        Runtime.getRuntime().addShutdownHook(atEnd.hook);
        return atEnd;
    }

    /** False where the process is ending, which does it or has done it. */
    boolean takeBack() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return false;
        }
    }
}
