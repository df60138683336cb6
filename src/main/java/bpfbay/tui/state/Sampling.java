package bpfbay.tui.state;

import java.util.Arrays;
import java.util.Optional;

/** Whether the kernel counts runs, as wished here. */
public enum Sampling {
    SAMPLE("sample"),
    ON("on"),
    OFF("off");

    private final String label;

    Sampling(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    public Sampling next() {
        return switch (this) {
            case SAMPLE -> ON;
            case ON -> OFF;
            case OFF -> SAMPLE;
        };
    }

    public static Optional<Sampling> byLabel(String label) {
        return Arrays.stream(values()).filter(mode -> mode.label.equals(label)).findFirst();
    }
}
