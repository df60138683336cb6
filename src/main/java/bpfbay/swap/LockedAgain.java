package bpfbay.swap;

import java.util.LinkedHashMap;
import java.util.Map;

/** The locks of a swap that only the journal knows. */
final class LockedAgain {
    private LockedAgain() {}

    static HeldLocks take(Ground ground, SwapRecord swap) {
        Map<String, String> refsByHook = new LinkedHashMap<>();
        swap.members().forEach(member -> member.anchor()
                .ifPresent(anchor -> refsByHook.putIfAbsent(anchor.hook(), member.ref())));
        return HeldLocks.take(ground.locks(), refsByHook, swap.id(), ground.by().pid());
    }
}
