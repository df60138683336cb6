package bpfbay.tui.state;

import java.time.Duration;

/** Where in time to go, through the pictures of the last hour or of a recording. */
public sealed interface Journey {
    /** Holds the last hour as it is by now. */
    record Hold() implements Journey {}

    /** Lets go of it. */
    record Release() implements Journey {}

    /** So many pictures on, or back. */
    record By(int pictures) implements Journey {}

    /** To the first or last picture. */
    record ToEnd(Direction way) implements Journey {}

    /** To the next picture that shows something new. */
    record ToChange(Direction way) implements Journey {}

    /** To the next picture with a new finding of warning or worse. */
    record ToFinding(Direction way) implements Journey {}

    /** On and on, each picture after the time that passed before it, divided by the speed. */
    record Play(double speed) implements Journey {}

    /** No further. */
    record Stop() implements Journey {}

    /** Which way in time. */
    enum Direction {
        EARLIER,
        LATER
    }

    /** The longest one waits for the next picture while playing. */
    Duration LONGEST_WAIT = Duration.ofSeconds(5);
}
