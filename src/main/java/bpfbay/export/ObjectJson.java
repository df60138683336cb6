package bpfbay.export;

import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.RunCounts;
import bpfbay.model.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Programs, links and maps as elements, and what each may have: owners, pins, run counts. */
final class ObjectJson {
    private final Snapshot snapshot;
    private final Json json;
    private final Map<Integer, Attachment> byLink = new HashMap<>();

    ObjectJson(Snapshot snapshot, Json json) {
        this.snapshot = snapshot;
        this.json = json;
        snapshot.attachments().forEach(a -> a.linkId().ifPresent(id -> byLink.putIfAbsent(id, a)));
    }

    void program(Program program) {
        json.object(() -> {
            json.u32("id", program.id())
                    .put("type", program.type().label())
                    .putText("name", program.name())
                    .put("tag", program.tag())
                    .put("gpl", program.license() == Program.License.GPL_COMPATIBLE)
                    .put("loaded_at", Words.time(program.loadedAt()))
                    .u32("uid", program.uid())
                    .u32("bytes_xlated", program.bytesXlated())
                    .u32("bytes_jited", program.bytesJited())
                    .u64("bytes_memlock", program.bytesMemlock());
            json.array("map_ids", () -> program.mapIds().forEach(json::element));
            json.u32("btf_id", program.btfId());
            if (program.verifiedInsns() != 0) {
                json.u32("verified_insns", program.verifiedInsns());
            }
            json.put(
                    "expected_attach_type", program.expectedAttachType().found().map(AttachType::label));
            json.put("attached", snapshot.index().sharedBy(program.id()) > 0);
            json.put("fingerprint", program.fingerprint().found());
            runs(program.id());
            common(program.object());
        });
    }

    void link(Link link) {
        json.object(() -> {
            json.u32("id", link.id())
                    .put("type", link.type().label())
                    .u32("prog_id", link.progId())
                    .put("attach_type", link.attachType().map(AttachType::label));
            target(link);
            json.put("target", link.target().label()).put("detached", link.isDetached());
            common(link.object());
        });
    }

    /** The namespace comes from the iterator or from where the attachment was found. */
    private void target(Link link) {
        Optional<Attachment> attachment = Optional.ofNullable(byLink.get(link.id()));
        OptionalLong found =
                attachment.isPresent() ? PlaceWords.of(attachment.get().place()).netns() : OptionalLong.empty();
        if (link.target() instanceof AttachTarget.Netdev t) {
            json.u64("netns", t.netns().isPresent() ? t.netns() : found);
            if (t.ifindex() != 0) {
                json.u32("ifindex", t.ifindex());
            }
        } else if (link.target() instanceof AttachTarget.Cgroup t) {
            json.put("cgroup", attachment.map(Attachment::place).flatMap(ObjectJson::cgroup));
            if (t.id() != 0) {
                json.u64("cgroup_id", t.id());
            }
        } else if (link.target() instanceof AttachTarget.Netns t && t.inode() != 0) {
            json.u64("netns", t.inode());
        } else if (link.target() instanceof AttachTarget.Netfilter t) {
            json.u64("netns", t.netns().isPresent() ? t.netns() : found);
        } else if (link.target() instanceof AttachTarget.Prog t) {
            json.u32("target_prog_id", t.progId());
        }
    }

    private static Optional<String> cgroup(Place place) {
        return PlaceWords.of(place).cgroup();
    }

    void map(BpfMap map) {
        json.object(() -> {
            json.u32("id", map.id())
                    .put("type", map.type().label())
                    .putText("name", map.name())
                    .u32("key_size", map.keySize())
                    .u32("value_size", map.valueSize())
                    .u32("max_entries", map.maxEntries())
                    .u32("flags", map.flags())
                    .u32("btf_id", map.btfId());
            common(map.object());
        });
    }

    private void common(ObjectId object) {
        owners(snapshot.owners(object));
        json.array("pins", () -> snapshot.pins(object).forEach(pin -> json.object(() -> json.put("path", pin.path()))));
        own(object);
    }

    void own(ObjectId object) {
        if (snapshot.isOwn(object)) {
            json.put("own", true);
        }
    }

    void owners(List<Owner> owners) {
        json.array(
                "owners",
                () -> owners.forEach(owner ->
                        json.object(() -> json.put("pid", (long) owner.holder().pid())
                                .put("comm", owner.holder().comm())
                                .put("holds", owner.holds().label())
                                .put("unit", owner.holder().unit())
                                .put("container", owner.holder().container())
                                .put("inferred", owner.inferredBecause()))));
    }

    /** Pins of a link or a program, told apart. */
    void pins(List<Pin> pins) {
        json.array(
                "pins",
                () -> pins.forEach(pin -> json.object(() -> json.put("path", pin.path())
                        .put("object", pin.object().kind().label()))));
    }

    /** Only while the kernel counts; a stale counter would look like an idle program. */
    void runs(int progId) {
        RunCounts counts = snapshot.activity().counts().get(progId);
        if (counts != null && snapshot.activity().state() != Activity.State.OFF) {
            json.u64("run_count", counts.runCount()).u64("run_time_ns", counts.runTimeNs());
        }
    }
}
