package bpfbay.kernel;

/** An open descriptor. Closing twice is harmless. */
public interface Fd extends AutoCloseable {
    int number();

    @Override
    void close();
}
