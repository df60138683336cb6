package bpfbay.kernel;

/** How much bpfbay may do to the host to see more of it. */
public enum Loading {
    /** Iterator programs may be loaded: cheaper polls, and facts that no other way tells. */
    ITERATORS,
    /** Nothing is loaded, switched on or written: {@code --passive}. */
    NOTHING
}
