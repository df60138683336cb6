package bpfbay.diagnose;

import bpfbay.history.Delta;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A scene without what is bpfbay's own, and with what more than one rule asks of it. */
final class Survey {
    private final Scene scene;
    private final Stock stock;
    private final Young young;
    private final Instant grown;
    private final Kinship kinship = new Kinship(this);
    private final IdentityHashMap<List<Program>, List<SupersededAttachment.Pair>> superseded = new IdentityHashMap<>();

    private Survey(Scene scene, Stock stock, Young young) {
        this.scene = scene;
        this.stock = stock;
        this.young = young;
        this.grown = scene.now().takenAt().minus(scene.holdDown());
    }

    static Survey of(Scene scene) {
        return new Survey(scene, Stock.of(scene.now()), Young.of(scene));
    }

    /**
     * The survey of a later scene, which takes over what both have in common.
     *
     * @param delta from this picture to the later
     */
    Survey after(Scene later, Delta delta) {
        Stock next = stock.after(later.now(), delta);
        return new Survey(
                later,
                next,
                scene.isContinuedBy(later) ? young.after(later, delta.programs().put()) : Young.of(later));
    }

    Young young() {
        return young;
    }

    Observers observers() {
        return stock.observers();
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

    /** Those that one packet may meet one after the other, where there are several. */
    List<List<Attachment>> ways() {
        return stock.ways();
    }

    /** Named programs of one type and name, where there are several; the earliest loaded first. */
    List<List<Program>> namesakes() {
        return stock.namesakes();
    }

    /** Of some of the namesakes, the newest unused one with what it should have replaced. */
    List<SupersededAttachment.Pair> superseded(List<Program> namesakes) {
        return superseded.computeIfAbsent(namesakes, some -> SupersededAttachment.pairs(some, this));
    }

    List<Attachment> attachments(Program program) {
        return scene.now().index().attachments().getOrDefault(program.id(), List.of());
    }

    /** What hangs on it; not asked where every pin lasts. */
    Optional<Attachment> attachment(Link link) {
        return Optional.ofNullable(stock.byLink().get(link.id()));
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
        return stock.pinned().hasOwn() ? Pin.ofOthers(pins) : pins;
    }

    Pinned pinned() {
        return stock.pinned();
    }

    /** Processes that hold it by a descriptor and are no mere observers. */
    List<Owner> holders(ObjectId object) {
        List<Owner> owners = scene.now().owners(object);
        return owners.isEmpty()
                ? owners
                : owners.stream()
                        .filter(owner ->
                                !owner.isInferred() && !stock.observers().isOne(owner))
                        .toList();
    }

    Optional<NetInterface> device(Device device) {
        return Optional.ofNullable(
                stock.devices().getOrDefault(device.netns(), Map.of()).get(device.ifindex()));
    }

    boolean isYoung(Program program) {
        return program.loadedAt().isAfter(grown);
    }

    /** Whether it, or its program, has not been there for long. */
    boolean isYoung(Attachment attachment) {
        Optional<Program> program = program(attachment);
        return (program.isPresent() && isYoung(program.get())) || young.isOne(attachment);
    }
}
