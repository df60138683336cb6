package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import java.util.List;
import java.util.OptionalInt;

/** Attachments as elements. */
final class AttachmentJson {
    private final Snapshot snapshot;
    private final Json json;
    private final ObjectJson objects;
    private final ObjectJson.Around around;
    private final MissingJson missing;

    /** For documents that name some things of a host, without the host. */
    AttachmentJson(Snapshot snapshot, Json json) {
        this(snapshot, json, new ObjectJson(snapshot, json), ObjectJson.Around.TOLD, new MissingJson(json, snapshot));
    }

    AttachmentJson(Snapshot snapshot, Json json, ObjectJson objects, ObjectJson.Around around, MissingJson missing) {
        this.snapshot = snapshot;
        this.json = json;
        this.objects = objects;
        this.around = around;
        this.missing = missing;
    }

    void element(Attachment attachment) {
        json.object().put("ref", attachment.ref());
        place(attachment.place());
        json.put("via", attachment.via().label()).put("position", attachment.position());
        if (attachment.progId().isPresent()) {
            program(attachment.progId().getAsInt());
        }
        json.u32("link_id", attachment.linkId()).u64("revision", attachment.revision());
        if (attachment.filter().isPresent()) {
            filter(attachment.filter().get(), attachment.place());
        }
        json.u32("block", block(attachment)).u32("slot", attachment.slot());
        if (attachment.attachFlags().isPresent()) {
            flags(Words.cgroupFlags(attachment.attachFlags().getAsInt()));
        }
        if (around == ObjectJson.Around.TOLD) {
            around(attachment);
        }
        missing.fact(MissingJson.REVISION, attachment.revision()).element();
        json.end();
    }

    private void around(Attachment attachment) {
        objects.owners(snapshot.index().owners(attachment));
        if (attachment.progId().isPresent()) {
            json.put("shared_by", snapshot.index().sharedBy(attachment.progId().getAsInt()));
        }
        objects.pins(snapshot.index().pins(attachment));
        if (attachment.progId().isPresent()) {
            objects.runs(attachment.progId().getAsInt());
        }
        if (isOwn(attachment.progId(), ObjectId.Kind.PROG) || isOwn(attachment.linkId(), ObjectId.Kind.LINK)) {
            json.put("own", true);
        }
    }

    private void place(Place place) {
        PlaceWords words = PlaceWords.of(place);
        json.u64("netns", words.netns())
                .u32("ifindex", words.ifindex())
                .put("interface", words.device())
                .put("cgroup", words.cgroup())
                .put("hook", place.hook())
                .put("direction", words.direction())
                .put("attach_type", words.attachType())
                .put("parent", words.parent())
                .put("mode", words.mode())
                .put("target", words.target());
        if (place instanceof Place.Freplace p) {
            json.u32("target_prog_id", p.targetProgId()).u32("target_btf_id", p.targetBtfId());
            json.put("function", p.function());
        } else if (place instanceof Place.NetfilterHook p) {
            TargetJson.write(p.target(), json);
        } else if (place instanceof Place.Cgroup p) {
            json.u64("cgroup_id", p.id());
        } else if (place instanceof Place.Other p) {
            json.put("shape", TargetJson.shape(p.target()))
                    .u64("netns", p.target().netns());
            if (p.target() instanceof AttachTarget.Netns target && target.inode() != 0) {
                json.u64("netns", target.inode());
            }
            TargetJson.write(p.target(), json);
        }
    }

    private void program(int progId) {
        json.u32("prog_id", progId);
        Program program = snapshot.index().programs().get(progId);
        if (program != null) {
            json.putText("prog_name", program.name()).put("tag", program.tag());
        }
    }

    private void filter(TcFilter filter, Place place) {
        json.u32("priority", filter.priority())
                .u32("handle", filter.handle())
                .u32("chain", filter.chain())
                .put("protocol", filter.protocolLabel())
                .put("direct_action", filter.flags().contains(TcFilter.Flag.DIRECT_ACTION))
                .putText("filter_name", filter.name())
                .u32("class_id", filter.classId());
        if (filter.ifindex() != ifindex(place)) {
            json.u32("filter_ifindex", filter.ifindex());
        }
        json.array("flags");
        for (TcFilter.Flag flag : TcFilter.Flag.values()) {
            if (flag != TcFilter.Flag.DIRECT_ACTION && filter.flags().contains(flag)) {
                json.element(flag.label());
            }
        }
        json.end();
    }

    /** That of the place, which a filter usually has too; 0 on a shared block. */
    private static int ifindex(Place place) {
        return place instanceof Place.Tc tc ? tc.device().ifindex() : 0;
    }

    private static OptionalInt block(Attachment attachment) {
        if (attachment.place() instanceof Place.TcBlock p) {
            return OptionalInt.of(p.block());
        }
        return attachment.filter().isPresent() ? attachment.filter().get().block() : OptionalInt.empty();
    }

    private void flags(List<String> words) {
        json.array("flags");
        for (String word : words) {
            json.element(word);
        }
        json.end();
    }

    private boolean isOwn(OptionalInt id, ObjectId.Kind kind) {
        return id.isPresent() && snapshot.isOwn(new ObjectId(kind, id.getAsInt()));
    }
}
