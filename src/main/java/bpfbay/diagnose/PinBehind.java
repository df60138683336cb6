package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is pinned is not what runs: who starts from the pin brings the old build back. */
final class PinBehind implements Sorting<List<Program>, ObjectId, Finding> {
    @Override
    public Code code() {
        return Code.PIN_BEHIND;
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
        List<Case<ObjectId, Finding>> cases = new ArrayList<>(0);
        for (int i = 0; i < namesakes.size() - 1; i++) {
            Program older = namesakes.get(i);
            List<Pin> pins = survey.attachments(older).isEmpty() ? survey.pins(older.object()) : List.of();
            if (!pins.isEmpty()) {
                newer(older, namesakes.subList(i + 1, namesakes.size()), survey)
                        .ifPresent(newer -> cases.add(new Case<>(older.object(), finding(older, pins, newer, survey))));
            }
        }
        return cases;
    }

    @Override
    public Diagnosis tell(ObjectId older, List<Finding> findings, Survey survey) {
        return new Diagnosis(findings, List.of());
    }

    private static Optional<Program> newer(Program older, List<Program> later, Survey survey) {
        for (int i = later.size() - 1; i >= 0; i--) {
            Program newer = later.get(i);
            if (!survey.attachments(newer).isEmpty()
                    && survey.attachments(newer).stream().noneMatch(survey::isYoung)
                    && older.loadedAt().isBefore(newer.loadedAt())
                    && !survey.kinship().isOneBuild(older, newer)
                    && survey.kinship().areKin(older, newer)) {
                return Optional.of(newer);
            }
        }
        return Optional.empty();
    }

    private static Finding finding(Program older, List<Pin> pins, Program newer, Survey survey) {
        List<Attachment> there = survey.attachments(newer);
        Set<Identity> rows = new HashSet<>();
        there.forEach(attachment -> rows.add(Identity.of(attachment)));
        pins.forEach(pin -> rows.add(Identity.of(pin)));
        List<String> evidence = new ArrayList<>();
        pins.forEach(pin -> evidence.add(pin.path() + " holds " + Phrases.facts(older)));
        evidence.add(Phrases.refs(there) + ": " + Phrases.facts(newer));
        return new Finding(
                Code.PIN_BEHIND,
                Severity.INFO,
                there.stream().map(Attachment::ref).toList(),
                rows,
                List.of(older.id(), newer.id()),
                Phrases.pins(pins) + " holds " + Phrases.told(older, survey.takenAt()) + ", an older build than "
                        + Phrases.id(newer.id()) + " on " + Phrases.refs(there) + ": a restart from the pin rolls back",
                evidence,
                Phrases.show(pins.get(0)));
    }
}
