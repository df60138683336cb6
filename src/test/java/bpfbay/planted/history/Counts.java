package bpfbay.planted.history;

/** Breaks: no static mutable state. */
final class Counts {
    static int count;

    private Counts() {}
}
