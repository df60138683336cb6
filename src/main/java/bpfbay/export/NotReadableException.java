package bpfbay.export;

/** A document that cannot be read; the message says in one line what is wrong where. */
public final class NotReadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotReadableException(String message) {
        super(message);
    }
}
