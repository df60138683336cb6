package bpfbay.kernel.libbpf;

import bpfbay.kernel.SwapPlace;
import bpfbay.model.ObjectId;

/** A place in the words of error messages: by numbers, since names drift. */
final class PlaceName implements SwapPlace.Cases<String> {
    static String of(SwapPlace place) {
        return place.match(new PlaceName());
    }

    @Override
    public String link(SwapPlace.OfLink link) {
        return ObjectId.link(link.linkId()).toString();
    }

    @Override
    public String xdp(SwapPlace.Xdp xdp) {
        return "ifindex " + xdp.ifindex() + "/xdp";
    }

    @Override
    public String chain(SwapPlace.Chain chain) {
        return "ifindex " + chain.ifindex() + "/" + chain.attachType().label();
    }

    @Override
    public String cgroup(SwapPlace.Cgroup cgroup) {
        return cgroup.path() + "/" + cgroup.attachType().label();
    }

    @Override
    public String filter(SwapPlace.Filter filter) {
        String direction = filter.parent()
                .direction()
                .map(found -> found.label())
                .orElse(filter.parent().label());
        String where = filter.block().isPresent()
                ? "block " + Integer.toUnsignedString(filter.block().getAsInt())
                : "ifindex " + filter.ifindex();
        return where + "/tc/" + direction + "/" + filter.priority() + ":0x" + Integer.toHexString(filter.handle());
    }
}
