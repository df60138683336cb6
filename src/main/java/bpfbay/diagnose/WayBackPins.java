package bpfbay.diagnose;

import bpfbay.model.Pin;
import java.util.regex.Pattern;

/** Pins in which bpfbay keeps the old program of a swap: they say nothing of what somebody meant to run. */
final class WayBackPins {
    private static final Pattern FOLDER =
            Pattern.compile("(/proc/[0-9]+/root)?(/sys/fs/bpf|/run/bpfbay/bpf)/bpfbay(-[0-9a-f]+)?/.*", Pattern.DOTALL);

    private WayBackPins() {}

    static boolean isOne(Pin pin) {
        return pin.path().contains("/bpfbay") && FOLDER.matcher(pin.path()).matches();
    }
}
