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
import java.util.LinkedHashMap;
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

    /** Every link, without what the walks tell besides. Nothing of it is kept. */
    Listing<Link> glance() {
        Map<Integer, Link> found = new LinkedHashMap<>();
        Learning learning = new Learning(found);
        infos.all(ObjectId.Kind.LINK, record -> learning.take(record, OptionalLong.empty()));
        List<Problem> problems = learning.finish();
        return new Listing<>(List.copyOf(found.values()), problems);
    }

    private List<Problem> learn(Map<Integer, OptionalLong> netnsById) {
        int[] ids = new int[netnsById.size()];
        int count = 0;
        for (int id : netnsById.keySet()) {
            ids[count++] = id;
        }
        Arrays.sort(ids);
        Learning learning = new Learning(known);
        infos.ask(ObjectId.Kind.LINK, ids, record -> {
            known.remove(record.id());
            learning.take(record, netnsById.getOrDefault(record.id(), OptionalLong.empty()));
        });
        return learning.finish();
    }

    /** Puts links where they are wanted; what tracing links are for is found for all of them at once. */
    private final class Learning {
        private final Map<Integer, Link> links;
        private final Map<Integer, KernelStruct> tracingLinks = new HashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Learning(Map<Integer, Link> links) {
            this.links = links;
        }

        void take(InfoRecord record, OptionalLong netns) {
            int id = record.id();
            if (record.error() == 0) {
                boolean isTracing = LinkDecoder.type(record.info()).equals(LinkType.TRACING);
                if (isTracing) {
                    tracingLinks.put(id, record.info());
                }
                AttachTarget target = isTracing ? new AttachTarget.Unknown(OptionalInt.empty()) : target(record, netns);
                links.put(id, link(id, record.info(), target));
            } else {
                ObjectInfos.note(record, problems);
            }
        }

        List<Problem> finish() {
            Map<Integer, AttachTarget> targets = tracing.resolve(tracingLinks);
            tracingLinks.forEach((id, info) -> {
                AttachTarget target = targets.get(id);
                if (target != null) {
                    links.put(id, link(id, info, target));
                }
            });
            return problems;
        }
    }

    private static AttachTarget target(InfoRecord record, OptionalLong netns) {
        return LinkDecoder.target(record.info(), record.name(), netns);
    }

    private static Link link(int id, KernelStruct info, AttachTarget target) {
        return new Link(id, LinkDecoder.type(info), LinkDecoder.progId(info), LinkDecoder.attachType(info), target);
    }
}
