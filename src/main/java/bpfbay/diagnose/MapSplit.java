package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two loads of one program have each a map of their own where one might think of it as one. */
final class MapSplit implements Sorting<List<Program>, ObjectId, Finding> {
    /** A map of each, of the same name. */
    private record Split(BpfMap attached, BpfMap later) {}

    @Override
    public Code code() {
        return Code.MAP_SPLIT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<List<Program>> things() {
        return Things.NAMESAKES;
    }

    @Override
    public List<Case<ObjectId, Finding>> look(List<Program> namesakes, Survey survey) {
        List<SupersededAttachment.Pair> superseded =
                survey.now().index().slots().found().isPresent() ? survey.superseded(namesakes) : List.of();
        Optional<Finding> finding = finding(namesakes, superseded, survey);
        return finding.isPresent() ? List.of(new Case<>(namesakes.get(0).object(), finding.get())) : List.of();
    }

    @Override
    public Diagnosis tell(ObjectId first, List<Finding> findings, Survey survey) {
        return new Diagnosis(findings, List.of());
    }

    private static Optional<Finding> finding(
            List<Program> namesakes, List<SupersededAttachment.Pair> superseded, Survey survey) {
        Optional<Program> newest = superseded.isEmpty()
                ? newest(namesakes, survey)
                : Optional.of(superseded.get(0).newer());
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        Program later = newest.get();
        Map<Program, List<Split>> splits = new LinkedHashMap<>();
        for (Program attached : namesakes) {
            if (attached.loadedAt().isBefore(later.loadedAt())
                    && !survey.attachments(attached).isEmpty()
                    && !survey.isYoung(attached)
                    && !isOfAnotherPlace(attached, later, survey)) {
                List<Split> split = splits(attached, later, survey);
                if (!split.isEmpty() && survey.kinship().areKin(attached, later)) {
                    splits.put(attached, split);
                }
            }
        }
        return splits.isEmpty() ? Optional.empty() : Optional.of(finding(later, splits, severity(superseded), survey));
    }

    /** An agent may load the same build for each of its interfaces, with maps of its own for each. */
    private static boolean isOfAnotherPlace(Program attached, Program later, Survey survey) {
        Optional<String> build = attached.fingerprint().found();
        return !survey.attachments(later).isEmpty()
                && build.isPresent()
                && build.equals(later.fingerprint().found());
    }

    private static Severity severity(List<SupersededAttachment.Pair> superseded) {
        return superseded.isEmpty() ? Severity.INFO : Severity.WARNING;
    }

    /** The latest one that somebody uses or keeps. */
    private static Optional<Program> newest(List<Program> namesakes, Survey survey) {
        for (int i = namesakes.size() - 1; i > 0; i--) {
            Program program = namesakes.get(i);
            if (!survey.isYoung(program)
                    && (!survey.attachments(program).isEmpty()
                            || !survey.pins(program.object()).isEmpty()
                            || !survey.holders(program.object()).isEmpty())) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    private static List<Split> splits(Program attached, Program later, Survey survey) {
        Map<String, BpfMap> byName = new HashMap<>();
        maps(later, survey).forEach(map -> byName.put(map.name(), map));
        List<Split> splits = new ArrayList<>();
        for (BpfMap map : maps(attached, survey)) {
            BpfMap other = byName.get(map.name());
            if (other != null
                    && other.id() != map.id()
                    && !later.mapIds().contains(map.id())
                    && !attached.mapIds().contains(other.id())) {
                splits.add(new Split(map, other));
            }
        }
        return splits;
    }

    /** Without unnamed ones and those of constants and variables, which every load has of its own. */
    private static List<BpfMap> maps(Program program, Survey survey) {
        List<BpfMap> maps = new ArrayList<>();
        for (int id : program.mapIds()) {
            survey.now()
                    .map(id)
                    .filter(map -> !map.name().isEmpty() && map.name().indexOf('.') < 0)
                    .ifPresent(maps::add);
        }
        return maps;
    }

    private static Finding finding(Program later, Map<Program, List<Split>> splits, Severity severity, Survey survey) {
        List<Attachment> behind = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        splits.forEach((attached, maps) -> {
            behind.addAll(survey.attachments(attached));
            ids.add(attached.id());
            maps.forEach(split -> evidence.add(words(split, attached, later)));
        });
        ids.add(later.id());
        Map.Entry<Program, List<Split>> earliest = splits.entrySet().iterator().next();
        Program first = earliest.getKey();
        Split split = earliest.getValue().get(0);
        Set<Identity> rows = new HashSet<>();
        behind.forEach(attachment -> rows.add(Identity.of(attachment)));
        rows.add(Identity.of(later.object()));
        int more = evidence.size() - 1;
        return new Finding(
                Code.MAP_SPLIT,
                severity,
                behind.stream().map(Attachment::ref).toList(),
                rows,
                ids,
                "two maps of one name: " + split.attached().name() + " is "
                        + Phrases.id(split.attached().id())
                        + " of " + Phrases.named(first) + " on " + Phrases.refs(behind) + ", but "
                        + Phrases.id(split.later().id()) + " of the later loaded " + Phrases.id(later.id())
                        + (more > 0 ? "; " + Phrases.count(more, "more such pair") : ""),
                evidence,
                Phrases.show(ObjectId.map(split.later().id())));
    }

    private static String words(Split split, Program attached, Program later) {
        String layout = layout(split.attached()).equals(layout(split.later())) ? "the same layout" : "another layout";
        return split.attached().name() + ": " + Phrases.id(split.attached().id()) + " (" + layout(split.attached())
                + ") of " + Phrases.named(attached) + ", "
                + Phrases.id(split.later().id()) + " ("
                + layout(split.later()) + ") of " + Phrases.id(later.id()) + ": " + layout;
    }

    private static String layout(BpfMap map) {
        return map.type().label() + ", key " + Integer.toUnsignedString(map.keySize()) + ", value "
                + Integer.toUnsignedString(map.valueSize()) + ", max "
                + Integer.toUnsignedString(map.maxEntries());
    }
}
