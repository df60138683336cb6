package bpfbay.tui.terminal;

import bpfbay.shim.Shim;

/** {@code native/shim_signals.c}: a value or -errno. One watch a process. */
final class SignalCalls {
    static final int SIGCONT = 18;
    static final int SIGTSTP = 20;
    static final int SIGWINCH = 28;

    static {
        Shim.load();
    }

    private SignalCalls() {}

    /** From now on WINCH, TSTP and CONT do nothing but stand in the descriptor. */
    static native int shim_signals_open();

    /** They do again what they did before; nothing where none are watched. */
    static native void shim_signals_close();

    /** Waits for the next; 0 at the end. */
    static native int shim_signals_next(int fd);
}
