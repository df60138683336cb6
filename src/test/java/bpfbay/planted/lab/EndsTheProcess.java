package bpfbay.planted.lab;

/** Breaks: only Main ends the process. */
final class EndsTheProcess {
    private EndsTheProcess() {}

    static void now() {
        System.exit(0);
    }
}
