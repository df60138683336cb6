package bpfbay.cli;

import bpfbay.collect.Poller;
import bpfbay.diagnose.Watch;
import bpfbay.history.Recording;
import bpfbay.tui.state.Event;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** What a poller sees becomes what the screen learns. On the polling thread. */
final class Intake {
    private final ScreenNames names;
    private final Watch watch;
    private final BlockingQueue<Event> events;
    private volatile boolean isDenied;

    Intake(ScreenNames names, Watch watch, BlockingQueue<Event> events) {
        this.names = names;
        this.watch = watch;
        this.events = events;
    }

    void take(Poller.Poll poll) {
        if (poll instanceof Poller.Poll.Glimpsed glimpsed) {
            if (!Picture.isDenied(glimpsed.snapshot())) {
                events.add(new Event.Glimpsed(names.of(glimpsed.snapshot())));
            }
        } else if (poll instanceof Poller.Poll.Taken taken) {
            if (Picture.isDenied(taken.snapshot())) {
                isDenied = true;
                events.add(new Event.Ended());
            }
            events.add(
                    new Event.Arrived(watch.after(names.of(taken.snapshot()), names.of(taken.clues())), taken.pace()));
        } else if (poll instanceof Poller.Poll.Failed failed) {
            events.add(new Event.PollFailed(failed.at(), names.text(failed.message())));
        }
    }

    ScreenNames names() {
        return names;
    }

    /** What can be stepped back to; any thread. */
    Optional<Recording> recording() {
        return watch.recording();
    }

    /** Whether the kernel showed nothing for lack of privileges; any thread. */
    boolean isDenied() {
        return isDenied;
    }
}
