package bpfbay.model;

/** A line that is no reference; the message says in one line what was expected where. */
public final class RefSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefSyntaxException(String message) {
        super(message);
    }
}
