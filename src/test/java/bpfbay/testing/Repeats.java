package bpfbay.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * How much of the same a test does. The guest, whose every instruction is emulated, says by {@code
 * -Dbpfbay.emulated=true} that it wants each thing once and not often.
 */
public final class Repeats {
    private static final boolean IS_EMULATED = Boolean.getBoolean("bpfbay.emulated");

    private Repeats() {}

    public static boolean isEmulated() {
        return IS_EMULATED;
    }

    public static int times(int usually, int emulated) {
        return IS_EMULATED ? emulated : usually;
    }

    /** All of them, or those that an emulated machine is asked for. */
    public static <T> Stream<T> of(List<T> all, List<T> emulated) {
        return all.stream().filter(one -> !IS_EMULATED || emulated.contains(one));
    }
}
