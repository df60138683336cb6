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
import bpfbay.model.RunRate;
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
    private final Around around;
    private final MissingJson missing;
    private final HolderTable holders;
    private final Map<Integer, Attachment> byLink = new HashMap<>();

    /** What is told of an element that is not its own: owners, pins, run counts, other attachments. */
    enum Around {
        TOLD,
        LEFT_OUT
    }

    /** For documents that name some things of a host, without the host. */
    ObjectJson(Snapshot snapshot, Json json) {
        this(
                snapshot,
                json,
                Around.TOLD,
                new MissingJson(json, snapshot),
                new HolderTable(snapshot.index().owners()));
    }

    ObjectJson(Snapshot snapshot, Json json, Around around, MissingJson missing, HolderTable holders) {
        this.snapshot = snapshot;
        this.json = json;
        this.around = around;
        this.missing = missing;
        this.holders = holders;
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
                .put("loaded_at", Words.exactTime(program.loadedAt()))
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
        if (around == Around.TOLD) {
            json.put("attached", snapshot.index().sharedBy(program.id()) > 0);
        }
        json.put("fingerprint", program.fingerprint()).put("functions", program.functions());
        missing.fact(MissingJson.EXPECTED_ATTACH_TYPE, program.expectedAttachType())
                .fact(MissingJson.FINGERPRINT, program.fingerprint())
                .fact(MissingJson.FUNCTIONS, program.functions())
                .element();
        if (around == Around.TOLD) {
            runs(program.id());
            rate(program.id());
        }
        common(program.object());
        json.end();
    }

    void link(Link link) {
        json.object().u32("id", link.id()).put("type", link.type().label()).u32("prog_id", link.progId());
        if (link.attachType().isPresent()) {
            json.put("attach_type", link.attachType().get().label());
        }
        String shape = TargetJson.shape(link.target());
        if (!shape.equals(TargetJson.usualShape(link.type()))) {
            json.put("shape", shape);
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
            netns(t.netns(), found);
        } else if (link.target() instanceof AttachTarget.Cgroup && place.isPresent()) {
            json.put("cgroup", place.get().cgroup());
        } else if (link.target() instanceof AttachTarget.Netns t && t.inode() != 0) {
            json.u64("netns", t.inode());
        } else if (link.target() instanceof AttachTarget.Netfilter t) {
            netns(t.netns(), found);
        }
        TargetJson.write(link.target(), json);
    }

    private void netns(OptionalLong known, OptionalLong found) {
        json.u64("netns", known.isPresent() ? known : found);
        if (known.isEmpty() && found.isPresent()) {
            json.put("netns_by", "attachment");
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
        if (map.btfKeyTypeId() != 0 || map.btfValueTypeId() != 0) {
            json.u32("btf_key_type_id", map.btfKeyTypeId()).u32("btf_value_type_id", map.btfValueTypeId());
        }
        common(map.object());
        json.end();
    }

    /** What belongs to an object that has no element. */
    void unlisted(ObjectId object) {
        json.object().put("object", object.kind().label()).u32("id", object.id());
        if (object.kind() == ObjectId.Kind.PROG) {
            runs(object.id());
            rate(object.id());
        }
        common(object);
        json.end();
    }

    private void common(ObjectId object) {
        if (around == Around.LEFT_OUT) {
            return;
        }
        owners(snapshot.owners(object));
        json.array("pins");
        for (Pin pin : snapshot.pins(object)) {
            json.object().put("path", pin.path()).u64("inode", pin.inode()).put("mount", pin.mount());
            endPin(pin);
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
                    .u32("process", holders.place(owner.holder()))
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
                    .put("object", pin.object().kind().label());
            endPin(pin);
        }
        json.end();
    }

    private void endPin(Pin pin) {
        if (pin.isOwn()) {
            json.put("own", true);
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

    private void rate(int progId) {
        RunRate rate = snapshot.activity().rates().get(progId);
        if (rate != null) {
            rate(rate, snapshot.activity(), json);
        }
    }

    /** Its moment only where it is not that of all counts. */
    static void rate(RunRate rate, Activity activity, Json json) {
        json.put("runs_per_second", rate.runsPerSecond());
        if (rate.nsPerRun().isPresent()) {
            json.put("ns_per_run", rate.nsPerRun().getAsDouble());
        }
        if (!activity.at().equals(Optional.of(rate.at()))) {
            json.put("rate_at", Words.exactTime(rate.at()));
        }
    }
}
