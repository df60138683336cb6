package bpfbay.kernel.libbpf;

import bpfbay.model.Clue;
import bpfbay.model.RawText;
import bpfbay.model.TcFilter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One notification: {@code struct shim_notice}, with the message behind it.
 *
 * @param nsid of the namespace as seen from the own one, which is {@link #HERE}
 * @param pid 0 where the shim has not found it out
 * @param what empty where messages were lost
 */
record Notice(Instant at, int nsid, int port, int pid, String comm, Optional<What> what) {
    static final int BYTES = 32;
    static final int HERE = -1;

    private static final int RTM_NEWQDISC = 36;
    private static final int RTM_DELQDISC = 37;
    private static final int RTM_NEWTFILTER = 44;
    private static final int RTM_DELTFILTER = 45;

    /** What it is about: a filter, or else a qdisc. */
    record What(Clue.Deed deed, Optional<TcFilter> filter, int ifindex, String qdisc) {}

    /** Those that say something of a filter with a program, or of a qdisc that can hold such. */
    static List<Notice> decode(ByteBuffer bytes, Instant at) {
        List<Notice> notices = new ArrayList<>();
        byte[] comm = new byte[16];
        for (int from = 0; from + BYTES <= bytes.limit(); from += bytes.getInt(from)) {
            int end = from + bytes.getInt(from);
            boolean isLost = end == from + BYTES;
            NetlinkMessages messages =
                    new NetlinkMessages(HostBytes.copyOf(bytes.slice(from, end - from)), BYTES, end - from);
            Optional<What> what = isLost ? Optional.empty() : what(messages);
            if (isLost || what.isPresent()) {
                bytes.get(from + 16, comm);
                notices.add(new Notice(
                        at,
                        bytes.getInt(from + 4),
                        bytes.getInt(from + 8),
                        bytes.getInt(from + 12),
                        RawText.decodeCString(comm),
                        what));
            }
        }
        return notices;
    }

    private static Optional<What> what(NetlinkMessages messages) {
        if (!messages.next() || !messages.holds(TcQdiscs.TCMSG)) {
            return Optional.empty();
        }
        return switch (messages.type()) {
            case RTM_NEWTFILTER -> filter(messages, Clue.Deed.PUT);
            case RTM_DELTFILTER -> filter(messages, Clue.Deed.REMOVED);
            case RTM_NEWQDISC -> qdisc(messages, Clue.Deed.PUT);
            case RTM_DELQDISC -> qdisc(messages, Clue.Deed.REMOVED);
            default -> Optional.empty();
        };
    }

    private static Optional<What> filter(NetlinkMessages messages, Clue.Deed deed) {
        return TcFilters.told(messages).map(filter -> new What(deed, Optional.of(filter), filter.ifindex(), ""));
    }

    private static Optional<What> qdisc(NetlinkMessages messages, Clue.Deed deed) {
        TcQdiscs.Qdisc qdisc = TcQdiscs.read(messages);
        return qdisc.isClsact() || qdisc.isIngress()
                ? Optional.of(new What(deed, Optional.empty(), qdisc.ifindex(), qdisc.kind()))
                : Optional.empty();
    }
}
