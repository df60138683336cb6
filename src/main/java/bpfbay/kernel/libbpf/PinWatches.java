package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which directories are watched for pins that come and go, and what {@code struct inotify_event} says of them. */
final class PinWatches {
    private static final int IN_MOVED_FROM = 0x40;
    private static final int IN_MOVED_TO = 0x80;
    private static final int IN_CREATE = 0x100;
    private static final int IN_DELETE = 0x200;
    private static final int IN_DELETE_SELF = 0x400;
    private static final int IN_UNMOUNT = 0x2000;
    private static final int IN_Q_OVERFLOW = 0x4000;
    private static final int IN_IGNORED = 0x8000;
    private static final int IN_ONLYDIR = 0x01000000;
    private static final int CHANGES = IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE | IN_DELETE_SELF;
    private static final int EVENT_BYTES = 16;

    private final Map<String, Integer> watched = new HashMap<>();
    private Set<String> wanted = Set.of();

    void want(Collection<String> directories) {
        wanted = new HashSet<>(directories);
    }

    /** Makes what is watched what is wanted; a directory that is gone, or one too many, is left to polling. */
    void apply(int inotify) {
        watched.entrySet().removeIf(entry -> {
            boolean isOver = !wanted.contains(entry.getKey());
            if (isOver) {
                ChangeLibc.inotify_rm_watch(inotify, entry.getValue());
            }
            return isOver;
        });
        for (String directory : wanted) {
            if (!watched.containsKey(directory)) {
                int watch = ChangeLibc.inotify_add_watch(inotify, RawPath.encode(directory), CHANGES | IN_ONLYDIR);
                if (watch >= 0) {
                    watched.put(directory, watch);
                }
            }
        }
    }

    void forget() {
        watched.clear();
    }

    /** Whether the events say that pins may have changed. */
    boolean tells(ByteBuffer events) {
        boolean tells = false;
        for (int at = 0; events.limit() - at >= EVENT_BYTES; ) {
            int watch = events.getInt(at);
            int mask = events.getInt(at + 4);
            if ((mask & IN_IGNORED) != 0) {
                watched.values().remove(watch);
            }
            tells |= (mask & (CHANGES | IN_UNMOUNT | IN_Q_OVERFLOW)) != 0;
            at += EVENT_BYTES + Math.max(0, events.getInt(at + 12));
        }
        return tells;
    }
}
