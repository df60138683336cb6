package bpfbay.swap;

/**
 * What was asked for cannot be: a line that is no candidate, a ref or candidate that names nothing or is of another
 * kind. The message says in one line what and why.
 */
public final class NotUnderstoodException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotUnderstoodException(String message) {
        super(message);
    }
}
