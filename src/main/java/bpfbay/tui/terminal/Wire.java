package bpfbay.tui.terminal;

/** Where frames go. {@link Tty} is the real one. */
public interface Wire {
    /** Raw mode and the alternate screen, also when it is in them already. */
    void enter();

    /** Hands over the whole of one frame. */
    void write(byte[] bytes, int length);

    /** At least 1. */
    int columns();

    /** At least 1. */
    int rows();
}
