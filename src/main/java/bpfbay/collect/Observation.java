package bpfbay.collect;

import bpfbay.kernel.Listing;
import bpfbay.model.BpfMap;
import bpfbay.model.CgroupView;
import bpfbay.model.Holding;
import bpfbay.model.Link;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.SlotView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The kernel's answers that one snapshot is made of, before they are tied together. Comparing two is
 * quick, as unchanged answers are the same instances.
 *
 * @param networks by namespace inode
 * @param failures questions that failed as a whole
 */
record Observation(
        Listing<NetNamespace> namespaces,
        Listing<Program> programs,
        Listing<Link> links,
        Listing<BpfMap> maps,
        Map<Long, NetworkView> networks,
        CgroupView cgroups,
        Listing<Pin> pins,
        Listing<Holding> holdings,
        SlotView slots,
        Reading<Relations.Scan> holderScan,
        List<Problem> failures) {
    Observation {
        networks = Map.copyOf(networks);
        failures = List.copyOf(failures);
    }

    /** Whether all that attachments are made of is the same: what is loaded, pinned or held is not among it. */
    boolean hasSameHooks(Observation other) {
        return namespaces.equals(other.namespaces)
                && links.equals(other.links)
                && networks.equals(other.networks)
                && cgroups.equals(other.cgroups);
    }

    List<Problem> problems() {
        Set<Problem> each = new LinkedHashSet<>(failures);
        each.addAll(namespaces.problems());
        each.addAll(programs.problems());
        each.addAll(links.problems());
        each.addAll(maps.problems());
        for (NetworkView network : networks.values()) {
            each.addAll(network.problems());
        }
        each.addAll(cgroups.problems());
        each.addAll(pins.problems());
        each.addAll(holdings.problems());
        each.addAll(slots.problems());
        return List.copyOf(each);
    }
}
