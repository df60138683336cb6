package bpfbay.collect;

import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Holder;
import bpfbay.model.Holding;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Relations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Ties objects, holders, pins and attachments together by id. Pure. */
final class RelationsBuilder {
    private RelationsBuilder() {}

    static Relations build(Observation seen, List<Attachment> attachments) {
        Map<Integer, Program> programs = new HashMap<>();
        seen.programs().items().forEach(program -> programs.put(program.id(), program));
        Map<Integer, Link> links = new HashMap<>();
        seen.links().items().forEach(link -> links.put(link.id(), link));
        Map<Integer, BpfMap> maps = new HashMap<>();
        seen.maps().items().forEach(map -> maps.put(map.id(), map));
        Map<ObjectId, List<Pin>> pins = new HashMap<>();
        for (Pin pin : seen.pins().items()) {
            pins.computeIfAbsent(pin.object(), object -> new ArrayList<>(1)).add(pin);
        }
        Map<ObjectId, List<Holder>> holders = new HashMap<>();
        for (Holding holding : seen.holdings().items()) {
            if (!holding.holder().isGuard()) {
                holders.computeIfAbsent(holding.object(), object -> new ArrayList<>(1))
                        .add(holding.holder());
            }
        }
        Map<Integer, List<Attachment>> byProgram = new HashMap<>();
        for (Attachment attachment : attachments) {
            attachment.progId().ifPresent(id -> byProgram
                    .computeIfAbsent(id, prog -> new ArrayList<>(1))
                    .add(attachment));
        }
        boolean isGlance = seen.holderScan().equals(Relations.NOT_YET);
        return new Relations(
                programs,
                links,
                maps,
                isGlance ? Map.of() : owners(programs, holders, new OwnerInference(holders, maps, pins), byProgram),
                pins,
                byProgram,
                seen.slots().slots(),
                seen.holderScan());
    }

    private static Map<ObjectId, List<Owner>> owners(
            Map<Integer, Program> programs,
            Map<ObjectId, List<Holder>> holders,
            OwnerInference inference,
            Map<Integer, List<Attachment>> attachments) {
        Map<ObjectId, List<Owner>> owners = new HashMap<>();
        holders.forEach((object, there) -> owners.put(
                object,
                there.stream()
                        .map(holder -> new Owner(holder, object.kind(), Optional.empty()))
                        .toList()));
        for (Program program : programs.values()) {
            if (!owners.containsKey(program.object())) {
                List<Attachment> own = attachments.getOrDefault(program.id(), List.of());
                OptionalInt link = own.stream()
                        .map(Attachment::linkId)
                        .filter(OptionalInt::isPresent)
                        .findFirst()
                        .orElse(OptionalInt.empty());
                List<Owner> inferred = inference.infer(program, link);
                if (!inferred.isEmpty()) {
                    owners.put(program.object(), inferred);
                }
            }
        }
        return owners;
    }
}
