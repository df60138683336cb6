package bpfbay.kernel.libbpf;

import bpfbay.model.TcFilter;
import bpfbay.model.TcFilter.Flag;
import bpfbay.model.TcParent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The cls_bpf filters of one RTM_GETTFILTER dump: {@code struct tcmsg}, TCA_* and TCA_BPF_*. */
final class TcFilters {
    private static final int RTM_NEWTFILTER = 44;
    private static final int TCA_OPTIONS = 2;
    private static final int TCA_CHAIN = 11;
    private static final int TCA_BPF_CLASSID = 3;
    private static final int TCA_BPF_NAME = 7;
    private static final int TCA_BPF_FLAGS = 8;
    private static final int TCA_BPF_FLAGS_GEN = 9;
    private static final int TCA_BPF_ID = 11;

    private static final int TCA_BPF_FLAG_ACT_DIRECT = 1;
    private static final int TCA_CLS_FLAGS_SKIP_HW = 1;
    private static final int TCA_CLS_FLAGS_SKIP_SW = 2;
    private static final int TCA_CLS_FLAGS_IN_HW = 4;
    private static final int HARDWARE = TCA_CLS_FLAGS_SKIP_HW | TCA_CLS_FLAGS_SKIP_SW | TCA_CLS_FLAGS_IN_HW;

    /* what nearly every filter has */
    private static final Set<Flag> DIRECT = Set.of(Flag.DIRECT_ACTION);

    /** What is read of a filter. */
    static final long WANTED = NetlinkRequests.wanted(TcQdiscs.TCA_KIND, TCA_OPTIONS, TCA_CHAIN);

    private TcFilters() {}

    /** The filters of one point, in running order. */
    static List<TcFilter> decode(NetlinkMessages messages, TcPoint point) {
        List<TcFilter> filters = new ArrayList<>();
        while (messages.next()) {
            if (messages.type() == RTM_NEWTFILTER && messages.holds(TcQdiscs.TCMSG)) {
                Filter filter = new Filter();
                filter.read(messages);
                if (filter.isBpf && filter.handle != 0) {
                    filters.add(filter.at(point));
                }
            }
        }
        filters.sort(TcFilters::inRunningOrder);
        return filters;
    }

    /*
     * Chain 0 is where packets enter and the others are reached from there. Within a chain the lower
     * priority runs first, and within a priority the kernel's own order holds, which the dump keeps: a
     * newer handle stands in front of the older ones.
     */
    private static int inRunningOrder(TcFilter a, TcFilter b) {
        int byChain = Integer.compareUnsigned(a.chain(), b.chain());
        return byChain == 0 ? Integer.compare(a.priority(), b.priority()) : byChain;
    }

    /** Of a notification; empty for filters of another kind. On a shared block the parent is not told. */
    static Optional<TcFilter> told(NetlinkMessages message) {
        Filter filter = new Filter();
        filter.read(message);
        int ifindex = message.int32(4);
        int parent = message.int32(12);
        boolean isShared = ifindex == NetlinkRequests.TCM_IFINDEX_MAGIC_BLOCK;
        TcPoint point = isShared
                ? new TcPoint(0, new TcParent(0), OptionalInt.of(parent))
                : new TcPoint(ifindex, new TcParent(parent), OptionalInt.empty());
        return filter.isBpf && filter.handle != 0 ? Optional.of(filter.at(point)) : Optional.empty();
    }

    /** One filter while its attributes are read. Handle 0 only announces a priority. */
    private static final class Filter {
        private int handle;
        private int info;
        private boolean isBpf;
        private int chain;
        private int flags;
        private int generalFlags;
        private String name = "";
        private OptionalInt progId = OptionalInt.empty();
        private OptionalInt classId = OptionalInt.empty();

        void read(NetlinkMessages messages) {
            handle = messages.int32(8);
            info = messages.int32(16);
            NetlinkAttributes attributes = messages.attributes(TcQdiscs.TCMSG);
            while (attributes.next()) {
                switch (attributes.type()) {
                    case TcQdiscs.TCA_KIND -> isBpf = attributes.text().equals("bpf");
                    case TCA_CHAIN -> chain = attributes.u32();
                    case TCA_OPTIONS -> readOptions(attributes.nested());
                    default -> {}
                }
            }
        }

        private void readOptions(NetlinkAttributes options) {
            /* the kind stands in front of the options; those of other kinds have other numbers */
            while (isBpf && options.next()) {
                switch (options.type()) {
                    case TCA_BPF_CLASSID -> classId = OptionalInt.of(options.u32());
                    case TCA_BPF_NAME -> name = options.text();
                    case TCA_BPF_FLAGS -> flags = options.u32();
                    case TCA_BPF_FLAGS_GEN -> generalFlags = options.u32();
                    case TCA_BPF_ID -> progId = OptionalInt.of(options.u32());
                    default -> {}
                }
            }
        }

        TcFilter at(TcPoint point) {
            return new TcFilter(
                    point.ifindex(),
                    point.block(),
                    point.parent(),
                    chain,
                    info >>> 16,
                    Short.toUnsignedInt(Short.reverseBytes((short) info)),
                    handle,
                    progId,
                    name,
                    flagSet(),
                    classId);
        }

        private Set<Flag> flagSet() {
            if (flags == TCA_BPF_FLAG_ACT_DIRECT && (generalFlags & HARDWARE) == 0) {
                return DIRECT;
            }
            Set<Flag> set = EnumSet.noneOf(Flag.class);
            add(set, flags & TCA_BPF_FLAG_ACT_DIRECT, Flag.DIRECT_ACTION);
            add(set, generalFlags & TCA_CLS_FLAGS_IN_HW, Flag.IN_HW);
            add(set, generalFlags & TCA_CLS_FLAGS_SKIP_HW, Flag.SKIP_HW);
            add(set, generalFlags & TCA_CLS_FLAGS_SKIP_SW, Flag.SKIP_SW);
            return set;
        }

        private static void add(Set<Flag> set, int bit, Flag flag) {
            if (bit != 0) {
                set.add(flag);
            }
        }
    }
}
