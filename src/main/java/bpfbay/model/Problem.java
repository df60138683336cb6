package bpfbay.model;

import static java.util.Objects.requireNonNull;

/**
 * Something that could not be seen, and why.
 *
 * @param operation the call that failed, such as {@code BPF_PROG_GET_FD_BY_ID} or {@code RTM_GETTFILTER}
 * @param object what it was asked about, such as {@code prog:12} or {@code netns:blue}
 * @param errno the positive error number; 0 where no call failed, as with a truncated reply
 * @param hint what the operator can do or will be missing, in one clause
 */
public record Problem(String operation, String object, int errno, String hint) {
    public Problem {
        requireNonNull(operation, "operation");
        requireNonNull(object, "object");
        requireNonNull(hint, "hint");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Problem that
                && that.errno == errno
                && that.operation.equals(operation)
                && that.object.equals(object)
                && that.hint.equals(hint);
    }

    @Override
    public int hashCode() {
        return 31 * operation.hashCode() + object.hashCode();
    }
}
