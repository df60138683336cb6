package bpfbay.model;

import java.util.List;
import java.util.OptionalInt;

/**
 * The programs of one tcx or netkit hook, in running order. Source: BPF_PROG_QUERY.
 *
 * @param revision grows with each change, starts again at 1 when the chain empties
 */
public record DeviceChain(int ifindex, AttachType attachType, long revision, List<Entry> entries) {
    /** One program of the chain; the link is absent where it was attached by BPF_PROG_ATTACH. */
    public record Entry(int progId, OptionalInt linkId) {}

    public DeviceChain {
        entries = List.copyOf(entries);
    }
}
