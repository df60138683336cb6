package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;

/** A descriptor of this process. */
final class OpenFd implements Fd {
    private final int number;
    private boolean open = true;

    OpenFd(int number) {
        this.number = number;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            Libc.close(number);
        }
    }
}
