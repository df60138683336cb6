package bpfbay.tui.state;

import java.time.Instant;

/** A line that answers the last key, until the next one. */
public record Notice(String text, Tone tone, Instant at) {
    /** How it is meant. */
    public enum Tone {
        PLAIN,
        WARNING
    }
}
