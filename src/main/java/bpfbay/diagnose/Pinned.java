package bpfbay.diagnose;

import bpfbay.model.Pin;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the pins say by themselves.
 *
 * @param hasOwn whether bpfbay keeps old programs in some of them
 * @param lasting mounts that are seen at the usual place from here
 * @param mounts all of them
 * @param dispatchers the first pin of each of libxdp's folders, by the folder
 */
record Pinned(boolean hasOwn, Set<String> lasting, Set<String> mounts, Map<String, Pin> dispatchers) {
    private static final String USUAL = "/sys/fs/bpf/";

    /** Whether none is on a mount that may go before its links do. */
    boolean isEveryMountLasting() {
        return lasting.containsAll(mounts);
    }

    static Pinned of(List<Pin> pins) {
        boolean hasOwn = false;
        Set<String> lasting = new HashSet<>();
        Set<String> mounts = new HashSet<>();
        Map<String, Pin> dispatchers = new LinkedHashMap<>();
        for (Pin pin : pins) {
            mounts.add(pin.mount());
            if (pin.path().startsWith(USUAL)) {
                lasting.add(pin.mount());
            }
            hasOwn = hasOwn || pin.isOwn();
            if (pin.path().contains("/dispatch-")) {
                dispatchers.putIfAbsent(Phrases.folder(pin.path()), pin);
            }
        }
        return new Pinned(hasOwn, lasting, mounts, dispatchers);
    }
}
