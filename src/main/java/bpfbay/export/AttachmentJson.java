package bpfbay.export;

import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import java.util.Comparator;
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
        json.object(() -> fields(attachment));
    }

    private void fields(Attachment attachment) {
        json.put("ref", attachment.ref());
        place(attachment.place());
        json.put("via", attachment.via().label()).put("position", (long) attachment.position());
        attachment.progId().ifPresent(this::program);
        json.u32("link_id", attachment.linkId()).u64("revision", attachment.revision());
        attachment.filter().ifPresent(this::filter);
        json.u32("block", block(attachment));
        json.u32("slot", attachment.slot());
        attachment.attachFlags().ifPresent(flags -> flags(Words.cgroupFlags(flags)));
        objects.owners(snapshot.index().owners(attachment));
        attachment
                .progId()
                .ifPresent(id -> json.put("shared_by", (long) snapshot.index().sharedBy(id)));
        objects.pins(snapshot.index().pins(attachment));
        attachment.progId().ifPresent(objects::runs);
        own(attachment);
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
                    .signed("priority", target.priority());
        }
    }

    private void program(int progId) {
        json.u32("prog_id", progId);
        snapshot.program(progId)
                .ifPresent(program -> json.putText("prog_name", program.name()).put("tag", program.tag()));
    }

    private void filter(TcFilter filter) {
        json.u32("priority", filter.priority())
                .u32("handle", filter.handle())
                .u32("chain", filter.chain())
                .put("protocol", filter.protocolLabel())
                .put("direct_action", filter.flags().contains(TcFilter.Flag.DIRECT_ACTION))
                .putText("filter_name", filter.name())
                .u32("class_id", filter.classId());
        flags(filter.flags().stream()
                .filter(flag -> flag != TcFilter.Flag.DIRECT_ACTION)
                .sorted(Comparator.naturalOrder())
                .map(TcFilter.Flag::label)
                .toList());
    }

    private static OptionalInt block(Attachment attachment) {
        return attachment.place() instanceof Place.TcBlock p
                ? OptionalInt.of(p.block())
                : attachment.filter().map(TcFilter::block).orElseGet(OptionalInt::empty);
    }

    private void flags(List<String> words) {
        json.array("flags", () -> words.forEach(json::element));
    }

    private void own(Attachment attachment) {
        boolean isOwn =
                isOwn(attachment.progId(), ObjectId.Kind.PROG) || isOwn(attachment.linkId(), ObjectId.Kind.LINK);
        if (isOwn) {
            json.put("own", true);
        }
    }

    private boolean isOwn(OptionalInt id, ObjectId.Kind kind) {
        return id.isPresent() && snapshot.isOwn(new ObjectId(kind, id.getAsInt()));
    }
}
