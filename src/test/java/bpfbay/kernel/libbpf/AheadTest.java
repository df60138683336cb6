package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AheadTest {
    @Test
    void what_was_begun_is_read_on_another_thread_and_taken_once() {
        AtomicReference<Thread> reader = new AtomicReference<>(Thread.currentThread());
        AtomicInteger count = new AtomicInteger();
        Ahead<Integer> ahead = new Ahead<>(() -> {
            reader.set(Thread.currentThread());
            return count.incrementAndGet();
        });

        ahead.begin();

        assertEquals(1, ahead.get());
        assertNotEquals(Thread.currentThread(), reader.get());
        assertEquals(2, ahead.get());
        assertEquals(Thread.currentThread(), reader.get());
    }

    @Test
    void a_reading_that_fails_ahead_fails_where_it_is_taken() {
        KernelException refused = new KernelException(new Problem("open", "/sys/fs/bpf", Errno.EIO, ""));
        Ahead<Integer> ahead = new Ahead<>(() -> {
            throw refused;
        });

        ahead.begin();
        ahead.await();

        assertEquals(refused, assertThrows(KernelException.class, ahead::get));
    }

    @Test
    void an_interruption_does_not_end_the_wait_and_is_not_lost() {
        CountDownLatch allowed = new CountDownLatch(1);
        Ahead<String> ahead = new Ahead<>(() -> {
            try {
                allowed.await();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
            return "read";
        });
        ahead.begin();
        Thread.currentThread().interrupt();
        Thread opener = new Thread(allowed::countDown);
        opener.start();

        assertEquals("read", ahead.get());
        assertTrue(Thread.interrupted());
    }
}
