package bpfbay.kernel.libbpf;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * poll(2) that an interrupted thread leaves. A system call does not notice Thread.interrupt; a channel
 * is told of it, and writes to the eventfd that is polled with the rest. For one thread, once.
 */
final class WakefulSleep extends AbstractInterruptibleChannel {
    private final int eventfd;

    WakefulSleep(int eventfd) {
        this.eventfd = eventfd;
    }

    /** How many of the three descriptors are ready; 0 when the time is over or the thread is interrupted. */
    int poll(NativeBuffer pollfds, int timeoutMs) {
        int ready = 0;
        try {
            begin();
            ready = ChangeLibc.poll(pollfds.address(), 3, timeoutMs);
            end(true);
        } catch (AsynchronousCloseException interrupted) {
            return 0;
        }
        return ready;
    }

    @Override
    protected void implCloseChannel() {
        ChangeLibc.write(eventfd, new long[] {1}, Long.BYTES);
    }
}
