package bpfbay.export;

/** A file that somebody wrote by hand or by program cannot be read; the message names file, place and reason in one line. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }
}
