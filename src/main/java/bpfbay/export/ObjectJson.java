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
import bpfbay.model.Program;
import bpfbay.model.Reading;
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
        for (Attachment a : snapshot.attachments()) {
            if (a.linkId().isPresent()) {
                byLink.putIfAbsent(a.linkId().getAsInt(), a);
            }
        }
    }

    void program(Program program) {
        json.object()
                .u32("id", program.id())
                .put("type", program.type().label())
                .putText("name", program.name())
                .put("tag", program.tag())
                .put("gpl", program.license() == Program.License.GPL_COMPATIBLE)
                .put("loaded_at", Words.time(program.loadedAt()))
                .u32("uid", program.uid())
                .u32("bytes_xlated", program.bytesXlated())
                .u32("bytes_jited", program.bytesJited())
                .u64("bytes_memlock", program.bytesMemlock());
        json.array("map_ids");
        for (int id : program.mapIds()) {
            json.element(id);
        }
        json.end().u32("btf_id", program.btfId());
        if (program.verifiedInsns() != 0) {
            json.u32("verified_insns", program.verifiedInsns());
        }
        if (program.expectedAttachType() instanceof Reading.Value<AttachType> type) {
            json.put("expected_attach_type", type.value().label());
        }
        json.put("attached", snapshot.index().sharedBy(program.id()) > 0).put("fingerprint", program.fingerprint());
        runs(program.id());
        common(program.object());
        json.end();
    }

    void link(Link link) {
        json.object().u32("id", link.id()).put("type", link.type().label()).u32("prog_id", link.progId());
        if (link.attachType().isPresent()) {
            json.put("attach_type", link.attachType().get().label());
        }
        target(link);
        json.put("target", link.target().label()).put("detached", link.isDetached());
        common(link.object());
        json.end();
    }

    /** The namespace comes from the iterator or from where the attachment was found. */
    private void target(Link link) {
        Optional<PlaceWords> place = place(link.id());
        OptionalLong found = place.isPresent() ? place.get().netns() : OptionalLong.empty();
        if (link.target() instanceof AttachTarget.Netdev t) {
            json.u64("netns", t.netns().isPresent() ? t.netns() : found);
            if (t.ifindex() != 0) {
                json.u32("ifindex", t.ifindex());
            }
        } else if (link.target() instanceof AttachTarget.Cgroup t) {
            if (place.isPresent()) {
                json.put("cgroup", place.get().cgroup());
            }
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

    /** Where the link's attachment was found, if it was. */
    private Optional<PlaceWords> place(int linkId) {
        Attachment attachment = byLink.get(linkId);
        return attachment == null ? Optional.empty() : Optional.of(PlaceWords.of(attachment.place()));
    }

    void map(BpfMap map) {
        json.object()
                .u32("id", map.id())
                .put("type", map.type().label())
                .putText("name", map.name())
                .u32("key_size", map.keySize())
                .u32("value_size", map.valueSize())
                .u32("max_entries", map.maxEntries())
                .u32("flags", map.flags())
                .u32("btf_id", map.btfId());
        common(map.object());
        json.end();
    }

    private void common(ObjectId object) {
        owners(snapshot.owners(object));
        json.array("pins");
        for (Pin pin : snapshot.pins(object)) {
            json.object().put("path", pin.path()).end();
        }
        json.end();
        if (snapshot.isOwn(object)) {
            json.put("own", true);
        }
    }

    void owners(List<Owner> owners) {
        json.array("owners");
        for (Owner owner : owners) {
            json.object()
                    .put("pid", owner.holder().pid())
                    .put("comm", owner.holder().comm())
                    .put("holds", owner.holds().label())
                    .put("unit", owner.holder().unit())
                    .put("container", owner.holder().container())
                    .put("inferred", owner.inferredBecause())
                    .end();
        }
        json.end();
    }

    /** Pins of a link or a program, told apart. */
    void pins(List<Pin> pins) {
        json.array("pins");
        for (Pin pin : pins) {
            json.object()
                    .put("path", pin.path())
                    .put("object", pin.object().kind().label())
                    .end();
        }
        json.end();
    }

    /** Only while the kernel counts; a stale counter would look like an idle program. */
    void runs(int progId) {
        RunCounts counts = snapshot.activity().counts().get(progId);
        if (counts != null && snapshot.activity().state() != Activity.State.OFF) {
            json.u64("run_count", counts.runCount()).u64("run_time_ns", counts.runTimeNs());
        }
    }
}
