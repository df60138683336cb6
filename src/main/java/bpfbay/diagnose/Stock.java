package bpfbay.diagnose;

import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a survey makes of the objects alone. It outlives the scene while they stay as they are.
 *
 * @param attachments all but bpfbay's own, in the snapshot's order
 * @param ways those that one packet may meet one after the other, where there are several
 * @param namesakes named programs of one type and name, where there are several; the earliest loaded first
 * @param devices by namespace and number
 */
record Stock(
        List<Attachment> attachments,
        List<List<Attachment>> ways,
        List<List<Program>> namesakes,
        Map<Integer, List<ObjectId>> links,
        Map<Long, Map<Integer, NetInterface>> devices,
        Observers observers) {
    private static final Comparator<Program> BY_LOAD =
            Comparator.comparing(Program::loadedAt).thenComparing(Program::object);

    static Stock of(Snapshot now) {
        Map<Integer, List<ObjectId>> links = new HashMap<>();
        now.links().forEach(link -> links.computeIfAbsent(link.progId(), id -> new ArrayList<>(1))
                .add(link.object()));
        Map<Long, Map<Integer, NetInterface>> devices = new HashMap<>();
        now.interfaces().forEach(device -> devices.computeIfAbsent(device.netns(), netns -> new HashMap<>())
                .put(device.ifindex(), device));
        List<Attachment> foreign = foreign(now);
        return new Stock(foreign, Way.several(foreign), namesakes(now), links, devices, Observers.among(now));
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
        return foreign;
    }

    private static boolean isOwn(Attachment attachment, Snapshot now) {
        return (attachment.progId().isPresent()
                        && now.isOwn(ObjectId.prog(attachment.progId().getAsInt())))
                || (attachment.linkId().isPresent()
                        && now.isOwn(ObjectId.link(attachment.linkId().getAsInt())));
    }

    private static List<List<Program>> namesakes(Snapshot now) {
        Map<String, List<Program>> named = new HashMap<>();
        for (Program program : now.programs()) {
            if (!program.name().isEmpty() && (now.own().isEmpty() || !now.isOwn(program.object()))) {
                named.computeIfAbsent(program.name(), name -> new ArrayList<>(1))
                        .add(program);
            }
        }
        List<List<Program>> several = new ArrayList<>();
        for (List<Program> programs : named.values()) {
            Map<Integer, List<Program>> types = new HashMap<>();
            programs.forEach(program -> types.computeIfAbsent(program.type().value(), type -> new ArrayList<>())
                    .add(program));
            for (List<Program> alike : types.values()) {
                if (alike.size() > 1) {
                    alike.sort(BY_LOAD);
                    several.add(alike);
                }
            }
        }
        several.sort(Comparator.comparing(programs -> programs.get(0).object()));
        return several;
    }
}
