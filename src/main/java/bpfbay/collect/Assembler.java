package bpfbay.collect;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Attachment;
import bpfbay.model.CgroupChain;
import bpfbay.model.CgroupView;
import bpfbay.model.Link;
import bpfbay.model.LinkType;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.model.Place;
import bpfbay.model.Via;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Ties the kernel's answers together into attachments: hooks say which program, links say what holds it,
 * and neither says both. Pure; one instance for one picture.
 */
final class Assembler {
    private static final int NO_PRIORITY = Integer.MAX_VALUE;

    private final Observation seen;
    private final Attachments attachments;
    /** Links that have become an attachment; the rest is listed by what it attaches to. */
    private final Set<Integer> taken = new HashSet<>();

    private final List<Attachment> made = new ArrayList<>();

    private Assembler(Observation seen) {
        this.seen = seen;
        this.attachments = new Attachments(seen.namespaces().items());
    }

    /** In the snapshot's order: namespaces, in them interfaces, then what belongs to no interface. */
    static List<Attachment> assemble(Observation seen) {
        Assembler assembler = new Assembler(seen);
        assembler.networks();
        assembler.cgroups();
        assembler.otherLinks();
        return List.copyOf(assembler.made);
    }

    private void networks() {
        XdpJoin xdp = new XdpJoin(seen.links().items(), taken);
        Slots slots = new Slots(seen.links().items(), taken);
        for (NetNamespace namespace : seen.namespaces().items()) {
            NetworkView view = seen.networks().get(namespace.inode());
            if (view != null) {
                made.addAll(new NamespaceAssembler(namespace, view, attachments, taken, xdp, slots).assemble());
                netnsHooks(namespace, view);
            }
        }
    }

    private void netnsHooks(NetNamespace namespace, NetworkView view) {
        List<Link> held = new ArrayList<>();
        for (Link link : seen.links().items()) {
            if (link.target() instanceof AttachTarget.Netns n
                    && n.inode() == namespace.inode()
                    && link.attachType().isPresent()) {
                held.add(link);
            }
        }
        view.netnsHooks().forEach(hook -> {
            int position = 1;
            for (int progId : hook.progIds()) {
                OptionalInt link = take(held, progId, hook.attachType());
                made.add(attachments.plain(
                        new Place.NetnsHook(namespace.inode(), hook.attachType()),
                        position++,
                        link.isPresent() ? Via.LINK : Via.PROG,
                        progId,
                        link));
            }
        });
        Map<Place, Integer> positions = new HashMap<>();
        for (Link link : held) {
            if (taken.add(link.id())) {
                Place place =
                        new Place.NetnsHook(namespace.inode(), link.attachType().orElseThrow());
                int position = positions.merge(place, 1, Integer::sum);
                made.add(attachments.plain(place, position, Via.LINK, link.progId(), OptionalInt.of(link.id())));
            }
        }
    }

    /** The first that holds the program there and was not taken yet. */
    private OptionalInt take(List<Link> held, int progId, AttachType type) {
        for (Link link : held) {
            if (link.progId() == progId && type.equals(link.attachType().orElseThrow()) && taken.add(link.id())) {
                return OptionalInt.of(link.id());
            }
        }
        return OptionalInt.empty();
    }

    private void cgroups() {
        CgroupView view = seen.cgroups();
        CgroupLinks held = new CgroupLinks(seen.links().items(), taken);
        for (CgroupChain chain : view.chains()) {
            Place place = new Place.Cgroup(chain.path(), chain.cgroupId(), chain.attachType());
            int position = 1;
            for (CgroupChain.Entry entry : chain.entries()) {
                OptionalInt link = held.take(chain.cgroupId(), chain.attachType(), entry.progId());
                made.add(attachments.make(
                        place,
                        position++,
                        link.isPresent() ? Via.LINK : Via.PROG,
                        OptionalInt.of(entry.progId()),
                        link,
                        chain.revision(),
                        Optional.empty(),
                        OptionalInt.of(entry.flags() | chain.flags()),
                        OptionalInt.empty()));
            }
        }
    }

    private void otherLinks() {
        Map<Place, Integer> positions = new HashMap<>();
        List<Link> others = new ArrayList<>();
        for (Link link : seen.links().items()) {
            if (!taken.contains(link.id()) && !link.isDetached()) {
                others.add(link);
            }
        }
        others.sort((a, b) -> Integer.compare(priority(a), priority(b)));
        for (Link link : others) {
            Place place = otherPlace(link);
            made.add(attachments.make(
                    place,
                    positions.merge(place, 1, Integer::sum),
                    Via.LINK,
                    OptionalInt.of(link.progId()),
                    OptionalInt.of(link.id()),
                    Attachments.NO_REVISION,
                    Optional.empty(),
                    OptionalInt.empty(),
                    OptionalInt.empty()));
        }
    }

    private static int priority(Link link) {
        return link.target() instanceof AttachTarget.Netfilter n ? n.priority() : NO_PRIORITY;
    }

    private static Place otherPlace(Link link) {
        if (link.target() instanceof AttachTarget.Netfilter netfilter) {
            return new Place.NetfilterHook(netfilter.netns(), netfilter);
        }
        if (link.target() instanceof AttachTarget.Prog target && link.type().equals(LinkType.TRACING)) {
            return new Place.Freplace(Optional.empty(), target.progId(), target.btfId(), target.function());
        }
        return new Place.Other(link.type(), link.target());
    }
}
