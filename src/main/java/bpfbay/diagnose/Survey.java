package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** A scene without what is bpfbay's own, and with what more than one rule asks of it. */
final class Survey {
    private final Scene scene;
    private final Stock stock;
    private final Set<Identity> young;
    private final Kinship kinship = new Kinship(this);

    /** What rests on the objects alone, and so outlives the scene while they stay as they are. */
    private record Stock(
            List<Attachment> attachments,
            List<List<Program>> namesakes,
            Map<Integer, List<ObjectId>> links,
            Map<Long, Map<Integer, NetInterface>> devices,
            Observers observers) {}

    private Survey(Scene scene, Stock stock) {
        this.scene = scene;
        this.stock = stock;
        this.young = young(scene);
    }

    static Survey of(Scene scene) {
        return new Survey(scene, stock(scene.now()));
    }

    /** The survey of a scene with the same objects. */
    Survey at(Scene later) {
        return new Survey(later, stock);
    }

    Scene scene() {
        return scene;
    }

    Snapshot now() {
        return scene.now();
    }

    Instant takenAt() {
        return scene.now().takenAt();
    }

    Kinship kinship() {
        return kinship;
    }

    /** All but those of bpfbay's own programs and links, in the snapshot's order. */
    List<Attachment> attachments() {
        return stock.attachments();
    }

    /** Named programs of one type and name, where there are several; the earliest loaded first. */
    List<List<Program>> namesakes() {
        return stock.namesakes();
    }

    List<Attachment> attachments(Program program) {
        return scene.now().index().attachments().getOrDefault(program.id(), List.of());
    }

    /** Absent for a classic filter, and where the program was not listed. */
    Optional<Program> program(Attachment attachment) {
        OptionalInt id = attachment.progId();
        return id.isPresent() ? scene.now().program(id.getAsInt()) : Optional.empty();
    }

    /** Links of the program, attached or not. */
    List<ObjectId> links(Program program) {
        return stock.links().getOrDefault(program.id(), List.of());
    }

    /** The program and its links: what is pinned or held in its stead. */
    List<ObjectId> standIns(Program program) {
        List<ObjectId> objects = new ArrayList<>(links(program));
        objects.add(program.object());
        return objects;
    }

    /** Without those that bpfbay keeps for the way back of a swap. */
    List<Pin> pins(ObjectId object) {
        List<Pin> pins = scene.now().pins(object);
        return pins.stream().anyMatch(WayBackPins::isOne)
                ? pins.stream().filter(pin -> !WayBackPins.isOne(pin)).toList()
                : pins;
    }

    /** Processes that hold it by a descriptor and are no mere observers. */
    List<Owner> holders(ObjectId object) {
        return scene.now().owners(object).stream()
                .filter(owner -> !owner.isInferred() && !stock.observers().isOne(owner))
                .toList();
    }

    Optional<NetInterface> device(Device device) {
        return Optional.ofNullable(
                stock.devices().getOrDefault(device.netns(), Map.of()).get(device.ifindex()));
    }

    boolean isYoung(Program program) {
        return scene.isYoung(program.loadedAt());
    }

    /** Whether it, or its program, has not been there for long. */
    boolean isYoung(Attachment attachment) {
        return (!young.isEmpty() && young.contains(Identity.of(attachment)))
                || program(attachment).filter(this::isYoung).isPresent();
    }

    private static Set<Identity> young(Scene scene) {
        Set<Identity> young = new HashSet<>();
        List<Occurrence> past = scene.past();
        for (int i = past.size() - 1; i >= 0 && scene.isYoung(past.get(i).at()); i--) {
            if (past.get(i).after().isPresent()) {
                young.add(past.get(i).subject().identity());
            }
        }
        return young;
    }

    private static Stock stock(Snapshot now) {
        Map<Integer, List<ObjectId>> links = new HashMap<>();
        now.links().forEach(link -> links.computeIfAbsent(link.progId(), id -> new ArrayList<>(1))
                .add(link.object()));
        Map<Long, Map<Integer, NetInterface>> devices = new HashMap<>();
        now.interfaces().forEach(device -> devices.computeIfAbsent(device.netns(), netns -> new HashMap<>())
                .put(device.ifindex(), device));
        return new Stock(foreign(now), namesakes(now), links, devices, Observers.among(now));
    }

    private static List<Attachment> foreign(Snapshot now) {
        if (now.own().isEmpty()) {
            return now.attachments();
        }
        List<Attachment> foreign = new ArrayList<>(now.attachments().size());
        for (Attachment attachment : now.attachments()) {
            if (!isOwn(attachment, now)) {
                foreign.add(attachment);
            }
        }
        return List.copyOf(foreign);
    }

    private static boolean isOwn(Attachment attachment, Snapshot now) {
        return (attachment.progId().isPresent()
                        && now.isOwn(ObjectId.prog(attachment.progId().getAsInt())))
                || (attachment.linkId().isPresent()
                        && now.isOwn(ObjectId.link(attachment.linkId().getAsInt())));
    }

    /** Programs of one type and name. */
    private record Sort(int type, String name) {}

    private static List<List<Program>> namesakes(Snapshot now) {
        Map<Sort, List<Program>> sorts = new HashMap<>();
        for (Program program : now.programs()) {
            if (!program.name().isEmpty() && !now.isOwn(program.object())) {
                sorts.computeIfAbsent(new Sort(program.type().value(), program.name()), sort -> new ArrayList<>(1))
                        .add(program);
            }
        }
        List<List<Program>> several = new ArrayList<>();
        for (List<Program> programs : sorts.values()) {
            if (programs.size() > 1) {
                programs.sort(Comparator.comparing(Program::loadedAt).thenComparing(Program::object));
                several.add(List.copyOf(programs));
            }
        }
        several.sort(Comparator.comparing(programs -> programs.get(0).object()));
        return List.copyOf(several);
    }
}
