package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.Via;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** It stays when whoever put it there has gone, and nothing says who that was. */
final class OrphanAttachment implements Rule {
    /** Loads of one thing on hooks of one kind. */
    private record Sort(String hook, Via via, int type, String name) {}

    @Override
    public Code code() {
        return Code.ORPHAN_ATTACHMENT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        Map<Sort, List<Attachment>> orphans = new LinkedHashMap<>();
        for (Attachment attachment : survey.attachments()) {
            Optional<Program> program = attachment.via() == Via.LINK ? Optional.empty() : survey.program(attachment);
            if (program.isPresent() && isNobodys(program.get(), survey) && !survey.isYoung(attachment)) {
                Sort sort = new Sort(
                        attachment.place().hook(),
                        attachment.via(),
                        program.get().type().value(),
                        program.get().name());
                orphans.computeIfAbsent(sort, s -> new ArrayList<>()).add(attachment);
            }
        }
        Reading<Relations.Scan> ownership = survey.now().index().ownership();
        if (!orphans.isEmpty() && ownership.found().isEmpty()) {
            int count = orphans.values().stream().mapToInt(List::size).sum();
            NotEvaluated why = NotJudged.of(
                    code(),
                    "who holds the programs of " + Phrases.count(count, "attachment") + " is not known",
                    ownership);
            return new Diagnosis(List.of(), List.of(why));
        }
        return new Diagnosis(
                orphans.values().stream().map(there -> finding(there, survey)).toList(), List.of());
    }

    private static boolean isNobodys(Program program, Survey survey) {
        ObjectId object = program.object();
        return survey.now().owners(object).isEmpty()
                && survey.pins(object).isEmpty()
                && survey.links(program).isEmpty();
    }

    private static Finding finding(List<Attachment> there, Survey survey) {
        Attachment first = there.get(0);
        Program program = survey.program(first).orElseThrow();
        List<String> evidence = new ArrayList<>();
        for (Attachment attachment : there) {
            evidence.add(attachment.ref() + ", by " + attachment.via().label() + ": "
                    + Phrases.facts(survey.program(attachment).orElseThrow()));
        }
        return new Finding(
                Code.ORPHAN_ATTACHMENT,
                Severity.INFO,
                there.stream().map(Attachment::ref).toList(),
                there.stream().map(Identity::of).collect(Collectors.toSet()),
                there.stream().map(a -> a.progId().orElseThrow()).distinct().toList(),
                Phrases.told(program, survey.takenAt()) + " on " + Phrases.refs(there)
                        + " is nobody's: no pin and no process holds it",
                evidence,
                Phrases.show(first));
    }
}
