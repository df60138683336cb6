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

    AttachmentJson(Snapshot snapshot, Json json, ObjectJson objects) {
        this.snapshot = snapshot;
        this.json = json;
        this.objects = objects;
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
            filter(attachment.filter().get());
        }
        json.u32("block", block(attachment)).u32("slot", attachment.slot());
        if (attachment.attachFlags().isPresent()) {
            flags(Words.cgroupFlags(attachment.attachFlags().getAsInt()));
        }
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
        json.end();
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
            json.u32("target_prog_id", p.targetProgId());
        } else if (place instanceof Place.NetfilterHook p) {
            AttachTarget.Netfilter target = p.target();
            json.put("family", target.familyLabel())
                    .put("netfilter_hook", target.hookLabel())
                    .put("priority", target.priority());
        }
    }

    private void program(int progId) {
        json.u32("prog_id", progId);
        Program program = snapshot.index().programs().get(progId);
        if (program != null) {
            json.putText("prog_name", program.name()).put("tag", program.tag());
        }
    }

    private void filter(TcFilter filter) {
        json.u32("priority", filter.priority())
                .u32("handle", filter.handle())
                .u32("chain", filter.chain())
                .put("protocol", filter.protocolLabel())
                .put("direct_action", filter.flags().contains(TcFilter.Flag.DIRECT_ACTION))
                .putText("filter_name", filter.name())
                .u32("class_id", filter.classId());
        json.array("flags");
        for (TcFilter.Flag flag : TcFilter.Flag.values()) {
            if (flag != TcFilter.Flag.DIRECT_ACTION && filter.flags().contains(flag)) {
                json.element(flag.label());
            }
        }
        json.end();
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
