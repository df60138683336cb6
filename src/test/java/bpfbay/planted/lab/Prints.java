package bpfbay.planted.lab;

/** Breaks: only Main has the standard streams. */
final class Prints {
    private Prints() {}

    static void it() {
        System.err.println("it");
    }
}
