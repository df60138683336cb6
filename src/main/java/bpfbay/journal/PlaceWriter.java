package bpfbay.journal;

import bpfbay.export.Json;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.TcFilter;

/** A place as an object of a line. */
final class PlaceWriter implements SwapPlace.Cases<Json> {
    private final Json json;

    PlaceWriter(Json json) {
        this.json = json;
    }

    private Json begin(SwapPlace place) {
        return json.object("place").put("kind", place.primitive().word());
    }

    private void put(SwapPlace.Namespace namespace) {
        json.object("netns")
                .put("path", namespace.path())
                .u64("inode", namespace.inode())
                .end();
    }

    @Override
    public Json link(SwapPlace.OfLink link) {
        return begin(link).u32("link_id", link.linkId()).end();
    }

    @Override
    public Json xdp(SwapPlace.Xdp xdp) {
        begin(xdp);
        put(xdp.namespace());
        return json.u32("ifindex", xdp.ifindex())
                .put("mode", xdp.mode().label())
                .end();
    }

    @Override
    public Json chain(SwapPlace.Chain chain) {
        begin(chain);
        put(chain.namespace());
        return json.u32("ifindex", chain.ifindex())
                .put("attach_type", chain.attachType().label())
                .end();
    }

    @Override
    public Json cgroup(SwapPlace.Cgroup cgroup) {
        begin(cgroup);
        json.object("cgroup").put("path", cgroup.path()).u64("id", cgroup.id()).end();
        return json.put("attach_type", cgroup.attachType().label()).end();
    }

    @Override
    public Json filter(SwapPlace.Filter filter) {
        begin(filter);
        put(filter.namespace());
        json.u32("ifindex", filter.ifindex());
        json.u32("block", filter.block());
        json.put("parent", filter.parent().label());
        json.u32("chain", filter.chain()).u32("priority", filter.priority());
        json.put("protocol", TcFilter.protocolLabel(filter.protocol()));
        return json.u32("handle", filter.handle()).end();
    }
}
