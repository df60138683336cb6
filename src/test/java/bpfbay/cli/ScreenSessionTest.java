package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.tui.state.Event;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class ScreenSessionTest {
    private static final int FLOOD = 20 * ScreenSession.MOST_WAITING;

    @Test
    void a_flood_of_keys_does_not_pile_up() throws InterruptedException {
        BlockingQueue<Event> events = new LinkedBlockingQueue<>();
        Thread sender = new Thread(() -> {
            for (int i = 0; i < FLOOD; i++) {
                ScreenSession.hand(new Event.Ended(), events);
            }
        });
        sender.start();
        while (sender.getState() != Thread.State.TIMED_WAITING && sender.isAlive()) {
            Thread.onSpinWait();
        }
        int most = 0;
        for (int i = 0; i < FLOOD; i++) {
            most = Math.max(most, events.size());
            events.take();
        }
        sender.join();
        assertTrue(most < FLOOD / 2, "at once " + most);
        assertEquals(0, events.size());
    }
}
