package bpfbay.export;

import bpfbay.history.Occurrence.Author;
import bpfbay.history.OwnSwap;
import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.Clue;
import bpfbay.model.Holder;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Place;
import bpfbay.model.Problem;
import bpfbay.model.RefPrinter;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/*
 * What stays: interfaces, namespaces, programs, maps, functions, pins inside a bpffs, all numbers. What has
 * stayed the same between two pictures stays the same object, so that a capture's changes stay small.
 */
/**
 * Replaces what names people's machines and processes, for sharing outside: the host, its boot, comms,
 * cgroups with their units and containers, addresses, paths outside of bpffs. One name has one pseudonym
 * as long as this lives. Not thread-safe.
 */
public final class Redaction {
    private final Pseudonyms names = new Pseudonyms();
    private final Map<Holder, Holder> holders = new HashMap<>();
    private IdentityHashMap<Object, Object> last = new IdentityHashMap<>();
    private IdentityHashMap<Object, Object> current = new IdentityHashMap<>();

    /** The same authors under the names that their processes have elsewhere. */
    public Map<Integer, Author> of(Map<Integer, Author> authors) {
        Map<Integer, Author> redacted = new HashMap<>();
        authors.forEach((place, author) ->
                redacted.put(place, new Author(author.pid(), names.of("comm", author.comm()), author.how())));
        return redacted;
    }

    /** The same swap of bpfbay's own, by the name that its process has elsewhere. */
    public OwnSwap of(OwnSwap swap) {
        return new OwnSwap(swap.at(), names.ref(swap.ref()), swap.progId(), swap.pid(), names.of("comm", swap.comm()));
    }

    /** The same clue from somebody of another name. */
    public Clue of(Clue clue) {
        if (clue instanceof Clue.FilterChanged c) {
            return new Clue.FilterChanged(c.at(), c.netns(), filter(c.filter()), c.deed(), sender(c.by()));
        } else if (clue instanceof Clue.QdiscChanged c) {
            return new Clue.QdiscChanged(c.at(), c.netns(), c.ifindex(), c.kind(), c.deed(), sender(c.by()));
        } else if (clue instanceof Clue.BpfCalled c) {
            return new Clue.BpfCalled(c.at(), c.command(), c.pid(), names.of("comm", c.comm()));
        }
        Clue.Lost namesNobody = (Clue.Lost) clue;
        return namesNobody;
    }

    private Clue.Sender sender(Clue.Sender by) {
        return new Clue.Sender(by.port(), by.pid(), names.of("comm", by.comm()));
    }

    /** A sentence, with the names in it that were met before, and its paths and addresses. */
    public String text(String sentence) {
        return names.text(sentence);
    }

    public Snapshot of(Snapshot s) {
        current = new IdentityHashMap<>();
        RefPrinter refs = new RefPrinter(s.namespaces());
        /* Names of processes first: texts that mention them are redacted by the table. */
        Map<ObjectId, List<Owner>> owners = kept(s.index().owners(), this::owners);
        List<NetNamespace> namespaces = each(s.namespaces(), this::namespace);
        List<Attachment> attachments = each(s.attachments(), a -> attachment(a, refs));
        List<Link> links = each(s.links(), this::link);
        List<Pin> pins = each(s.pins(), this::pin).stream()
                .sorted(Comparator.comparing(Pin::path))
                .toList();
        List<Problem> problems = each(s.problems(), this::problem);
        Snapshot redacted = new Snapshot(
                host(s.host()),
                s.takenAt(),
                s.duration(),
                namespaces,
                s.interfaces(),
                attachments,
                s.programs(),
                links,
                s.maps(),
                pins,
                s.cgroups(),
                Relations.of(
                        attachments,
                        s.programs(),
                        links,
                        s.maps(),
                        pins,
                        owners,
                        s.index().slots(),
                        s.index().ownership()),
                s.activity(),
                s.own(),
                problems);
        last = current;
        return redacted;
    }

    private <T> List<T> each(List<T> list, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>(list.size());
        for (T item : list) {
            changed.add(kept(item, change));
        }
        return List.copyOf(changed);
    }

    /** What the last picture had of it, or a new one. */
    @SuppressWarnings("unchecked") // a thing is kept with what was made of it, which is of its kind
    private <T> T kept(T item, UnaryOperator<T> change) {
        Object known = last.get(item);
        T made = known == null ? change.apply(item) : (T) known;
        current.put(item, made);
        return made;
    }

    private Host host(Host host) {
        return new Host(names.of("host", host.name()), host.kernel(), host.libbpf(), Pseudonyms.boot(host.bootId()));
    }

    private Map<ObjectId, List<Owner>> owners(Map<ObjectId, List<Owner>> owners) {
        Map<ObjectId, List<Owner>> redacted = new HashMap<>();
        // one host's names are numbered in the same order whenever one looks
        owners.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> redacted.put(
                        entry.getKey(),
                        entry.getValue().stream().map(this::owner).toList()));
        return redacted;
    }

    private Owner owner(Owner owner) {
        return new Owner(
                holders.computeIfAbsent(owner.holder(), this::holder),
                owner.holds(),
                owner.inferredBecause().map(names::text));
    }

    private Holder holder(Holder holder) {
        Optional<String> container = holder.container().map(id -> names.of("container", id));
        return new Holder(
                holder.pid(),
                holder.startTicks(),
                names.of("comm", holder.comm()),
                holder.cgroup().map(names::cgroup),
                holder.unit().map(names::unit),
                container);
    }

    private NetNamespace namespace(NetNamespace n) {
        return new NetNamespace(n.inode(), n.cookie(), n.names(), names.path(n.path()), n.scope());
    }

    private Attachment attachment(Attachment a, RefPrinter refs) {
        Place place = place(a.place());
        Optional<TcFilter> filter = a.filter().map(this::filter);
        String ref = a.place() instanceof Place.Cgroup
                ? refs.print(place, a.position(), a.linkId(), filter, a.slot())
                : a.ref();
        return new Attachment(
                ref,
                place,
                a.position(),
                a.via(),
                a.progId(),
                a.linkId(),
                a.revision(),
                filter,
                a.attachFlags(),
                a.slot());
    }

    private Place place(Place place) {
        if (place instanceof Place.Cgroup p) {
            return new Place.Cgroup(names.cgroup(p.path()), p.id(), p.attachType());
        } else if (place instanceof Place.Other p) {
            return new Place.Other(p.type(), target(p.target()));
        }
        return place;
    }

    private AttachTarget target(AttachTarget target) {
        return target instanceof AttachTarget.UserFunction t
                ? new AttachTarget.UserFunction(names.path(t.file()), t.offset(), t.count())
                : target;
    }

    private Link link(Link link) {
        return new Link(link.id(), link.type(), link.progId(), link.attachType(), target(link.target()));
    }

    /** The object file's name may be a path. */
    private TcFilter filter(TcFilter f) {
        return new TcFilter(
                f.ifindex(),
                f.block(),
                f.parent(),
                f.chain(),
                f.priority(),
                f.protocol(),
                f.handle(),
                f.progId(),
                names.text(f.name()),
                f.flags(),
                f.classId());
    }

    private Pin pin(Pin pin) {
        return new Pin(pin.object(), names.pin(pin.path()), pin.inode(), pin.mount());
    }

    private Problem problem(Problem p) {
        return new Problem(p.operation(), names.text(p.object()), p.errno(), names.text(p.hint()));
    }
}
