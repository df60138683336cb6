package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.AttachTarget;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Every link. LINK_UPDATE changes the program under it and the end of its device the ifindex, so the row
 * of each is compared with the last one; only what differs is asked again.
 */
final class LinkSource {
    private final ObjectInfos infos;
    private final TracingTargets tracing;
    private final Rows rows = new Rows(Rows.LINK_BYTES);
    private Map<Integer, Link> known = new HashMap<>();
    private Listing<Link> last = Listing.of(List.of());
    private boolean isComplete;

    LinkSource(ObjectInfos infos, TracingTargets tracing) {
        this.infos = infos;
        this.tracing = tracing;
    }

    Listing<Link> read(ObjectWalk walk) {
        walk.links(rows);
        if (isComplete && rows.areUnchanged()) {
            return last;
        }
        isComplete = false;
        List<Problem> problems = learn(changed());
        Map<Integer, Link> alive = new HashMap<>();
        List<Link> items = new ArrayList<>(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            Link link = known.get(rows.id(row));
            if (link != null) {
                items.add(link);
                alive.put(link.id(), link);
            }
        }
        isComplete = items.size() == rows.count();
        known = alive;
        last = new Listing<>(items, problems);
        return last;
    }

    /** By id: the namespaces that the walk told of new and changed links. */
    private Map<Integer, OptionalLong> changed() {
        Map<Integer, OptionalLong> changed = new HashMap<>();
        ByteBuffer now = rows.current();
        ByteBuffer before = rows.previous();
        int old = 0;
        for (int at = 0; at < now.limit(); at += Rows.LINK_BYTES) {
            int id = now.getInt(at);
            while (old < before.limit() && Integer.compareUnsigned(before.getInt(old), id) < 0) {
                old += Rows.LINK_BYTES;
            }
            if (!isSame(now, at, before, old) || !known.containsKey(id)) {
                long netns = now.getLong(at + 16);
                changed.put(id, netns == 0 ? OptionalLong.empty() : OptionalLong.of(netns));
            }
        }
        return changed;
    }

    private static boolean isSame(ByteBuffer now, int at, ByteBuffer before, int old) {
        return old < before.limit() && now.slice(at, Rows.LINK_BYTES).mismatch(before.slice(old, Rows.LINK_BYTES)) < 0;
    }

    private List<Problem> learn(Map<Integer, OptionalLong> netnsById) {
        List<Problem> problems = new ArrayList<>();
        Map<Integer, KernelStruct> tracingLinks = new HashMap<>();
        int[] ids = new int[netnsById.size()];
        int count = 0;
        for (int id : netnsById.keySet()) {
            ids[count++] = id;
        }
        Arrays.sort(ids);
        infos.ask(ObjectId.Kind.LINK, ids, record -> {
            int id = record.id();
            known.remove(id);
            if (record.error() != 0) {
                if (!ObjectInfos.isPassing(record.error())) {
                    problems.add(new Problem(
                            "BPF_LINK_GET_FD_BY_ID", ObjectId.link(id).toString(), record.error(), ""));
                }
            } else if (LinkDecoder.type(record.info()).equals(LinkType.TRACING)) {
                tracingLinks.put(id, record.info());
            } else {
                known.put(
                        id, link(id, record.info(), target(record, netnsById.getOrDefault(id, OptionalLong.empty()))));
            }
        });
        Map<Integer, AttachTarget> targets = tracing.resolve(tracingLinks);
        tracingLinks.forEach((id, info) ->
                known.put(id, link(id, info, targets.getOrDefault(id, new AttachTarget.Unknown(OptionalInt.empty())))));
        return problems;
    }

    private static AttachTarget target(InfoRecord record, OptionalLong netns) {
        return LinkDecoder.target(record.info(), record.name(), netns);
    }

    private static Link link(int id, KernelStruct info, AttachTarget target) {
        return new Link(id, LinkDecoder.type(info), LinkDecoder.progId(info), LinkDecoder.attachType(info), target);
    }
}
