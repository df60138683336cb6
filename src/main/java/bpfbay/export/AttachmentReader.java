package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.LinkType;
import bpfbay.model.Place;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Attachments from what {@link AttachmentJson} wrote. */
final class AttachmentReader {
    private static final LinkType UNKNOWN = new LinkType(-1);

    private final MissingReader missing;
    private final Notes notes;

    AttachmentReader(MissingReader missing, Notes notes) {
        this.missing = missing;
        this.notes = notes;
    }

    Attachment read(Fields fields) {
        Place place = place(fields);
        Optional<TcFilter> filter = fields.has("handle") ? Optional.of(filter(fields, place)) : Optional.empty();
        boolean hasFlags = fields.has("flags") && filter.isEmpty();
        return new Attachment(
                fields.needText("ref"),
                place,
                fields.needU32("position"),
                via(fields),
                fields.u32("prog_id"),
                fields.u32("link_id"),
                missing.reading(
                        fields,
                        MissingJson.REVISION,
                        fields.u64("revision").stream().boxed().findFirst()),
                filter,
                hasFlags ? OptionalInt.of(cgroupFlags(fields)) : OptionalInt.empty(),
                fields.u32("slot"));
    }

    private Via via(Fields fields) {
        return constant(Via.values(), fields.needText("via"), fields.has("link_id") ? Via.LINK : Via.PROG);
    }

    /** A word that this version does not know stands for what is most like it, and is told. */
    private <E extends Enum<E>> E constant(E[] constants, String word, E otherwise) {
        Optional<E> known = OpenWords.constant(constants, word);
        if (known.isEmpty()) {
            notes.word(Element.ATTACHMENT, word);
        }
        return known.orElse(otherwise);
    }

    private Place place(Fields fields) {
        String hook = fields.needText("hook");
        if (fields.has("shape")) {
            return new Place.Other(
                    OpenWords.linkType(hook), TargetReader.read(fields.needText("shape"), fields, fields.u64("netns")));
        }
        return switch (hook) {
            case "xdp" ->
                new Place.Xdp(device(fields), constant(XdpMode.values(), fields.needText("mode"), XdpMode.NATIVE));
            case "tc" ->
                fields.has("interface")
                        ? new Place.Tc(device(fields), parent(fields))
                        : new Place.TcBlock(fields.needU64("netns"), fields.needU32("block"), parent(fields));
            case "tcx" ->
                new Place.Tcx(
                        device(fields), constant(Direction.values(), fields.needText("direction"), Direction.INGRESS));
            case "netkit" -> new Place.Netkit(device(fields), attachType(fields));
            case "cgroup" ->
                new Place.Cgroup(
                        fields.needText("cgroup"), fields.u64("cgroup_id").orElse(0), attachType(fields));
            case "netns" -> new Place.NetnsHook(fields.needU64("netns"), attachType(fields));
            case "netfilter" ->
                new Place.NetfilterHook(fields.u64("netns"), TargetReader.netfilter(fields, fields.u64("netns")));
            case "freplace" ->
                new Place.Freplace(
                        fields.has("interface") ? Optional.of(device(fields)) : Optional.empty(),
                        fields.needU32("target_prog_id"),
                        fields.u32("target_btf_id").orElse(0),
                        fields.text("function"));
            default -> unknown(hook);
        };
    }

    /** Of a hook that this version does not know only the row stays. */
    private Place unknown(String hook) {
        notes.word(Element.ATTACHMENT, hook);
        return new Place.Other(UNKNOWN, new AttachTarget.Unknown(OptionalInt.empty()));
    }

    private static Device device(Fields fields) {
        return new Device(fields.needU64("netns"), fields.needU32("ifindex"), fields.needText("interface"));
    }

    private static AttachType attachType(Fields fields) {
        return OpenWords.attachType(fields.needText("attach_type"));
    }

    private TcParent parent(Fields fields) {
        Optional<Direction> direction =
                fields.text("direction").map(word -> constant(Direction.values(), word, Direction.INGRESS));
        if (direction.isPresent()) {
            return direction.get() == Direction.INGRESS ? TcParent.INGRESS : TcParent.EGRESS;
        }
        String parent = fields.needText("parent");
        int colon = parent.indexOf(':');
        if (colon < 0) {
            throw Fields.wrong("parent", "major:minor");
        }
        return new TcParent(
                hex("parent", parent.substring(0, colon)) << 16 | hex("parent", parent.substring(colon + 1)));
    }

    private TcFilter filter(Fields fields, Place place) {
        OptionalInt usual =
                place instanceof Place.Tc tc ? OptionalInt.of(tc.device().ifindex()) : OptionalInt.of(0);
        return new TcFilter(
                fields.u32("filter_ifindex").orElse(usual.getAsInt()),
                fields.u32("block"),
                place instanceof Place.TcBlock block ? block.parent() : parent(fields),
                fields.needU32("chain"),
                fields.needU32("priority"),
                protocol(fields.needText("protocol")),
                fields.needU32("handle"),
                fields.u32("prog_id"),
                fields.textOrEmpty("filter_name"),
                flags(fields),
                fields.u32("class_id"));
    }

    private Set<TcFilter.Flag> flags(Fields fields) {
        Set<TcFilter.Flag> flags = EnumSet.noneOf(TcFilter.Flag.class);
        if (fields.flag("direct_action")) {
            flags.add(TcFilter.Flag.DIRECT_ACTION);
        }
        for (String word : fields.texts("flags")) {
            Optional<TcFilter.Flag> known = OpenWords.constant(TcFilter.Flag.values(), word);
            known.ifPresentOrElse(flags::add, () -> notes.word(Element.ATTACHMENT, word));
        }
        return flags;
    }

    private static int protocol(String word) {
        return switch (word) {
            case "all" -> 0x0003;
            case "ip" -> 0x0800;
            case "ipv6" -> 0x86dd;
            case "arp" -> 0x0806;
            default -> hex("protocol", word.startsWith("0x") ? word.substring(2) : "");
        };
    }

    private int cgroupFlags(Fields fields) {
        int flags = 0;
        for (String word : fields.texts("flags")) {
            flags |= switch (word) {
                case "multi" -> Words.ALLOW_MULTI;
                case "override" -> Words.ALLOW_OVERRIDE;
                case "preorder" -> Words.PREORDER;
                default -> otherFlag(word);
            };
        }
        return flags;
    }

    private int otherFlag(String word) {
        if (!word.startsWith("0x")) {
            notes.word(Element.ATTACHMENT, word);
            return 0;
        }
        return hex("flags", word.substring(2));
    }

    private static int hex(String field, String digits) {
        try {
            return Integer.parseUnsignedInt(digits, 16);
        } catch (NumberFormatException e) {
            throw Fields.wrong(field, "understood");
        }
    }
}
