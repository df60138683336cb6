package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Everything that is known of one thing, as ordered facts: for the details of a row and for {@code show}. */
public final class Facts {
    private Facts() {}

    public static List<Fact> of(Attachment attachment, Snapshot snapshot) {
        return new AttachmentFacts(attachment, snapshot).list();
    }

    public static List<Fact> of(Program program, Snapshot snapshot) {
        return new ProgramFacts(program, snapshot).list();
    }

    public static List<Fact> of(Link link, Snapshot snapshot) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("link", Words.u32(link.id())));
        facts.add(Fact.of("type", link.type().label()));
        facts.add(CommonFacts.program(link.progId(), snapshot));
        link.attachType().ifPresent(type -> facts.add(Fact.of("attach type", type.label())));
        facts.add(
                link.isDetached()
                        ? Fact.of("attached to", "nothing: its device, cgroup or namespace is gone, or it was detached")
                        : Fact.of("attached to", link.target().label()));
        snapshot.attachments().stream()
                .filter(a -> a.linkId().isPresent() && a.linkId().getAsInt() == link.id())
                .forEach(a -> facts.add(Fact.of("ref", a.ref())));
        CommonFacts.own(facts, link.object(), snapshot);
        CommonFacts.owners(facts, snapshot.owners(link.object()), snapshot);
        CommonFacts.pins(facts, snapshot.pins(link.object()));
        return facts;
    }

    public static List<Fact> of(BpfMap map, Snapshot snapshot) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("map", Words.u32(map.id())));
        facts.add(Fact.of("type", map.type().label()));
        facts.add(map.name().isEmpty() ? Fact.none("name", "none given") : Fact.of("name", map.name()));
        facts.add(Fact.of("key", Words.u32(map.keySize()) + " bytes"));
        facts.add(Fact.of("value", Words.u32(map.valueSize()) + " bytes"));
        facts.add(Fact.of("max entries", Words.u32(map.maxEntries())));
        facts.add(Fact.of("flags", "0x" + Integer.toHexString(map.flags())));
        facts.add(
                map.btfId().isPresent()
                        ? Fact.of("btf", Words.u32(map.btfId().getAsInt()))
                        : Fact.none("btf", "made without BTF"));
        List<Program> users = snapshot.programs().stream()
                .filter(p -> p.mapIds().contains(map.id()))
                .toList();
        users.forEach(p -> facts.add(CommonFacts.program("used by", p.id(), snapshot)));
        if (users.isEmpty()) {
            facts.add(Fact.none("used by", "no loaded program"));
        }
        CommonFacts.own(facts, map.object(), snapshot);
        CommonFacts.owners(facts, snapshot.owners(map.object()), snapshot);
        CommonFacts.pins(facts, snapshot.pins(map.object()));
        return facts;
    }

    public static List<Fact> of(Pin pin, Snapshot snapshot) {
        List<Fact> facts = new ArrayList<>();
        ObjectId object = pin.object();
        facts.add(Fact.of("path", pin.path()));
        CommonFacts.own(pin).ifPresent(own -> facts.add(Fact.of("own", own)));
        facts.add(Fact.of("object", CommonFacts.name(object, snapshot), object));
        facts.add(Fact.of("inode", Words.u64(pin.inode())));
        facts.add(Fact.of("bpffs", pin.mount()));
        snapshot.pins(object).stream()
                .filter(other -> !other.equals(pin))
                .forEach(other -> facts.add(Fact.of(
                        "also pinned at",
                        other.path()
                                + CommonFacts.own(other)
                                        .map(own -> " (" + own + ")")
                                        .orElse(""))));
        snapshot.attachments().stream()
                .filter(a -> isOf(a, object))
                .forEach(a -> facts.add(Fact.of("attached as", a.ref())));
        CommonFacts.owners(facts, snapshot.owners(object), snapshot);
        return facts;
    }

    /** A cgroup with programs, by its path: every chain, in running order. */
    public static List<Fact> ofCgroup(String path, Snapshot snapshot) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("cgroup", path));
        for (Attachment a : snapshot.attachments()) {
            if (a.place() instanceof Place.Cgroup place && place.path().equals(path)) {
                if (facts.size() == 1) {
                    facts.add(Fact.of("id", Words.u64(place.id())));
                }
                String program = a.progId().isPresent()
                        ? CommonFacts.programName(a.progId().getAsInt(), snapshot)
                        : "—";
                facts.add(new Fact(
                        place.attachType().label() + " " + a.position(),
                        Reading.of(program),
                        a.progId().stream().mapToObj(ObjectId::prog).findFirst()));
            }
        }
        return facts;
    }

    public static List<Fact> of(NetInterface device, Snapshot snapshot) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of("interface", device.name()));
        facts.add(Fact.of("ifindex", Words.u32(device.ifindex())));
        facts.add(CommonFacts.namespace(device.netns(), snapshot));
        facts.add(Fact.of("state", device.isUp() ? "up" : "down"));
        facts.add(Fact.of("mtu", Words.u32(device.mtu())));
        facts.add(device.kind()
                .map(kind -> Fact.of("kind", kind))
                .orElseGet(() -> Fact.none("kind", "none: hardware, or a driver that does not say")));
        return facts;
    }

    private static boolean isOf(Attachment attachment, ObjectId object) {
        return switch (object.kind()) {
            case PROG -> attachment.progId().isPresent() && attachment.progId().getAsInt() == object.id();
            case LINK -> attachment.linkId().isPresent() && attachment.linkId().getAsInt() == object.id();
            case MAP -> false;
        };
    }
}
