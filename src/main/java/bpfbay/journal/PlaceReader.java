package bpfbay.journal;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.util.Arrays;
import java.util.Optional;

/** The inverse of {@link PlaceWriter}; empty for a kind of a later version. */
final class PlaceReader {
    private static final String NUMBERED_TYPE = "attach_type_";
    private static final int HEX = 16;
    private static final int LARGEST_U16 = 0xffff;

    private PlaceReader() {}

    static Optional<SwapPlace> read(Fields fields) {
        String kind = fields.needText("kind");
        return Arrays.stream(Primitive.values())
                .filter(primitive -> primitive.word().equals(kind))
                .findFirst()
                .map(primitive -> read(primitive, fields));
    }

    private static SwapPlace read(Primitive primitive, Fields fields) {
        return switch (primitive) {
            case XDP_LINK, TCX_LINK, NETKIT_LINK, CGROUP_LINK ->
                new SwapPlace.OfLink(primitive, fields.needU32("link_id"));
            case XDP_NETLINK ->
                new SwapPlace.Xdp(namespace(fields), fields.needU32("ifindex"), mode(fields.needText("mode")));
            case TCX_PROGRAM, NETKIT_PROGRAM ->
                new SwapPlace.Chain(primitive, namespace(fields), fields.needU32("ifindex"), attachType(fields));
            case CGROUP_PROGRAM -> cgroup(fields.needObject("cgroup"), attachType(fields));
            case FILTER -> filter(fields);
        };
    }

    private static SwapPlace cgroup(Fields cgroup, AttachType attachType) {
        return new SwapPlace.Cgroup(cgroup.needText("path"), cgroup.needU64("id"), attachType);
    }

    private static SwapPlace filter(Fields fields) {
        return new SwapPlace.Filter(
                namespace(fields),
                fields.needU32("ifindex"),
                fields.u32("block"),
                parent(fields.needText("parent")),
                fields.needU32("chain"),
                fields.needU32("priority"),
                protocol(fields.needText("protocol")),
                fields.needU32("handle"));
    }

    private static SwapPlace.Namespace namespace(Fields fields) {
        Fields netns = fields.needObject("netns");
        return new SwapPlace.Namespace(netns.needText("path"), netns.needU64("inode"));
    }

    private static XdpMode mode(String label) {
        return Arrays.stream(XdpMode.values())
                .filter(mode -> mode.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new DamagedLineException("its mode is not one"));
    }

    private static AttachType attachType(Fields fields) {
        String label = fields.needText("attach_type");
        int known = AttachType.words().indexOf(label);
        if (known >= 0) {
            return new AttachType(known);
        }
        if (!label.startsWith(NUMBERED_TYPE)) {
            throw new DamagedLineException("its attach_type is not one");
        }
        try {
            return new AttachType(Integer.parseUnsignedInt(label.substring(NUMBERED_TYPE.length())));
        } catch (NumberFormatException e) {
            throw new DamagedLineException("its attach_type is not one");
        }
    }

    private static TcParent parent(String label) {
        int colon = label.indexOf(':');
        if (colon < 0) {
            throw new DamagedLineException("its parent is not one");
        }
        int major = u16("parent", label.substring(0, colon));
        return new TcParent(major << 16 | u16("parent", label.substring(colon + 1)));
    }

    private static int protocol(String label) {
        return switch (label) {
            case "all" -> 0x0003;
            case "ip" -> 0x0800;
            case "ipv6" -> 0x86dd;
            case "arp" -> 0x0806;
            default -> u16("protocol", label.startsWith("0x") ? label.substring(2) : "");
        };
    }

    private static int u16(String name, String digits) {
        try {
            int value = Integer.parseUnsignedInt(digits, HEX);
            if (value >= 0 && value <= LARGEST_U16) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new DamagedLineException("its " + name + " is not one");
        }
        throw new DamagedLineException("its " + name + " is not one");
    }
}
