package bpfbay.export;

import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.Utc;
import bpfbay.model.Via;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Where the attachment stands, what runs there, and what it hangs on. */
final class AttachmentFacts {
    private final Attachment attachment;
    private final Snapshot snapshot;
    private final List<Fact> facts = new ArrayList<>();

    AttachmentFacts(Attachment attachment, Snapshot snapshot) {
        this.attachment = attachment;
        this.snapshot = snapshot;
    }

    List<Fact> list() {
        add("ref", attachment.ref());
        place();
        add("position", position());
        attachment.revision().found().ifPresent(r -> add("revision", Words.u64(r)));
        if (attachment.revision().found().isEmpty() && attachment.place() instanceof Place.Cgroup) {
            facts.add(Fact.of("revision", Words.map(attachment.revision(), Words::u64)));
        }
        attachment.filter().ifPresent(this::filter);
        attachment.attachFlags().ifPresent(flags -> add("flags", flags(flags)));
        attachment.slot().ifPresent(slot -> add("slot", String.valueOf(slot)));
        add("via", via(attachment.via()));
        attachment
                .linkId()
                .ifPresent(id ->
                        facts.add(Fact.of("link", CommonFacts.name(ObjectId.link(id), snapshot), ObjectId.link(id))));
        if (attachment.progId().isPresent()) {
            program(attachment.progId().getAsInt());
        } else {
            facts.add(Fact.none("program", "a classic BPF filter, which has no id"));
        }
        CommonFacts.owners(facts, snapshot.index().owners(attachment), snapshot);
        CommonFacts.pins(facts, snapshot.index().pins(attachment));
        return facts;
    }

    private void place() {
        PlaceWords words = PlaceWords.of(attachment.place());
        add("hook", attachment.place().hook());
        words.mode().ifPresent(mode -> add("mode", mode));
        words.direction().ifPresent(direction -> add("direction", direction));
        words.parent().ifPresent(parent -> add("parent", parent));
        words.attachType().ifPresent(type -> add("attach type", type));
        words.device().ifPresent(device -> add("interface", device + ", ifindex " + Words.u32(words.ifindex())));
        words.cgroup().ifPresent(path -> add("cgroup", path));
        words.target().ifPresent(target -> add("attached to", target));
        words.netns().ifPresent(netns -> facts.add(CommonFacts.namespace(netns, snapshot)));
    }

    private String position() {
        long of = snapshot.attachments().stream()
                .filter(a -> a.place().equals(attachment.place()))
                .count();
        return attachment.position() + " of " + of;
    }

    private void filter(TcFilter filter) {
        add("priority", Words.u32(filter.priority()));
        add("handle", "0x" + Integer.toHexString(filter.handle()));
        add("chain", Words.u32(filter.chain()));
        add("protocol", filter.protocolLabel());
        filter.block().ifPresent(block -> add("shared block", Words.u32(block)));
        filter.classId()
                .ifPresent(id -> add("class", Integer.toHexString(id >>> 16) + ":" + Integer.toHexString(id & 0xffff)));
        if (!filter.name().isEmpty()) {
            add("filter name", filter.name());
        }
        add(
                "flags",
                filter.flags().isEmpty()
                        ? "none"
                        : filter.flags().stream()
                                .sorted(Comparator.naturalOrder())
                                .map(TcFilter.Flag::label)
                                .collect(Collectors.joining(" ")));
    }

    private static String flags(int flags) {
        List<String> words = Words.cgroupFlags(flags);
        return words.isEmpty() ? "none: no other may be attached below" : String.join(" ", words);
    }

    private static String via(Via via) {
        return switch (via) {
            case LINK -> "link: changed through the link alone";
            case NETLINK -> "netlink: whoever has CAP_NET_ADMIN can change it";
            case FILTER -> "filter: changed as a tc filter";
            case PROG -> "prog: attached by BPF_PROG_ATTACH, not held by a link";
        };
    }

    private void program(int progId) {
        facts.add(CommonFacts.program(progId, snapshot));
        snapshot.program(progId).ifPresent(this::programFacts);
        int sharedBy = snapshot.index().sharedBy(progId);
        if (sharedBy > 1) {
            add("shared by", sharedBy + " attachments, whose runs count together");
        }
        CommonFacts.runs(facts, progId, snapshot);
    }

    private void programFacts(Program program) {
        add("tag", program.tag());
        add("loaded", Utc.second(program.loadedAt()) + " by uid " + Words.u32(program.uid()));
        facts.add(Fact.of("fingerprint", program.fingerprint()));
        program.mapIds()
                .forEach(id ->
                        facts.add(Fact.of("map", CommonFacts.name(ObjectId.map(id), snapshot), ObjectId.map(id))));
    }

    private void add(String label, String text) {
        facts.add(Fact.of(label, text));
    }
}
