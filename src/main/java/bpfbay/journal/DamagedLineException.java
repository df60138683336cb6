package bpfbay.journal;

/** A line is not what a journal has; the message says in what. */
final class DamagedLineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedLineException(String message) {
        super(message);
    }
}
