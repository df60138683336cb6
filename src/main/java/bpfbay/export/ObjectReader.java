package bpfbay.export;

import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Programs, links, maps and the network from what {@link ObjectJson} and {@link SnapshotJson} wrote. */
final class ObjectReader {
    private final MissingReader missing;

    ObjectReader(MissingReader missing) {
        this.missing = missing;
    }

    Program program(Fields fields) {
        return new Program(
                fields.needU32("id"),
                OpenWords.progType(fields.needText("type")),
                fields.textOrEmpty("name"),
                fields.needText("tag"),
                fields.needTime("loaded_at"),
                fields.needU32("uid"),
                fields.flag("gpl") ? Program.License.GPL_COMPATIBLE : Program.License.OTHER,
                fields.needU32("bytes_xlated"),
                fields.needU32("bytes_jited"),
                fields.u64("bytes_memlock"),
                fields.u32("verified_insns").orElse(0),
                fields.u32s("map_ids"),
                fields.u32("btf_id"),
                missing.reading(
                        fields,
                        MissingJson.EXPECTED_ATTACH_TYPE,
                        fields.text("expected_attach_type").map(OpenWords::attachType)),
                missing.reading(fields, MissingJson.FINGERPRINT, fields.text("fingerprint")),
                missing.reading(fields, MissingJson.FUNCTIONS, fields.text("functions")));
    }

    static Link link(Fields fields) {
        LinkType type = OpenWords.linkType(fields.needText("type"));
        String shape = fields.text("shape").orElse(TargetJson.usualShape(type));
        OptionalLong netns = fields.has("netns_by") ? OptionalLong.empty() : fields.u64("netns");
        return new Link(
                fields.needU32("id"),
                type,
                fields.needU32("prog_id"),
                fields.text("attach_type").map(OpenWords::attachType),
                TargetReader.read(shape, fields, netns));
    }

    static BpfMap map(Fields fields) {
        return new BpfMap(
                fields.needU32("id"),
                OpenWords.mapType(fields.needText("type")),
                fields.textOrEmpty("name"),
                fields.needU32("key_size"),
                fields.needU32("value_size"),
                fields.needU32("max_entries"),
                fields.needU32("flags"),
                fields.u32("btf_id"),
                fields.u32("btf_key_type_id").orElse(0),
                fields.u32("btf_value_type_id").orElse(0));
    }

    static List<Pin> pins(Fields fields, ObjectId object) {
        List<Pin> pins = new ArrayList<>();
        for (Fields pin : fields.list("pins")) {
            pins.add(pin(pin, object));
        }
        return pins;
    }

    static Pin pin(Fields fields, ObjectId object) {
        return new Pin(object, fields.needText("path"), fields.u64("inode").orElse(0), fields.textOrEmpty("mount"));
    }

    static ObjectId object(Fields fields) {
        return new ObjectId(
                OpenWords.needConstant(ObjectId.Kind.values(), fields.needText("object")), fields.needU32("id"));
    }

    static NetNamespace namespace(Fields fields) {
        return new NetNamespace(
                fields.needU64("inode"),
                fields.u64("cookie"),
                fields.texts("names"),
                fields.textOrEmpty("path"),
                fields.flag("current") ? NetNamespace.Scope.OWN : NetNamespace.Scope.OTHER);
    }

    NetInterface device(Fields fields) {
        return new NetInterface(
                fields.needU64("netns"),
                fields.needU32("ifindex"),
                fields.needText("name"),
                fields.flag("up"),
                fields.needU32("mtu"),
                fields.text("kind"),
                fields.u32("lower"),
                fields.u32("peer"),
                fields.u32("master"),
                missing.reading(
                        fields,
                        MissingJson.NATIVE_XDP,
                        fields.has("native_xdp") ? Optional.of(fields.flag("native_xdp")) : Optional.empty()));
    }

    static Problem problem(Fields fields) {
        return new Problem(
                fields.needText("operation"),
                fields.needText("object"),
                fields.u32("errno").orElse(0),
                fields.textOrEmpty("hint"));
    }
}
