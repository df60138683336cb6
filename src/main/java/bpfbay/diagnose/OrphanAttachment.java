package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** It stays when whoever put it there has gone, and nothing says who that was. */
final class OrphanAttachment implements Sorting<Attachment, Optional<OrphanAttachment.Sort>, OrphanAttachment.Orphan> {
    /** Loads of one thing on hooks of one kind. */
    record Sort(String hook, Via via, int type, String name) {}

    record Orphan(Attachment attachment, Program program) {}

    @Override
    public Code code() {
        return Code.ORPHAN_ATTACHMENT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<Attachment> things() {
        return Things.ATTACHMENTS;
    }

    @Override
    public List<Case<Optional<Sort>, Orphan>> look(Attachment attachment, Survey survey) {
        Optional<Program> program = attachment.via() == Via.LINK ? Optional.empty() : survey.program(attachment);
        if (program.isEmpty() || !isNobodys(program.get(), survey) || survey.isYoung(attachment)) {
            return List.of();
        } else if (survey.now().index().ownership().found().isEmpty()) {
            return List.of(new Case<>(Optional.empty(), new Orphan(attachment, program.get())));
        }
        Sort sort = new Sort(
                attachment.place().hook(),
                attachment.via(),
                program.get().type().value(),
                program.get().name());
        return List.of(new Case<>(Optional.of(sort), new Orphan(attachment, program.get())));
    }

    /** Of no sort are all of them where holders could not be seen. */
    @Override
    public Diagnosis tell(Optional<Sort> sort, List<Orphan> there, Survey survey) {
        return sort.isPresent()
                ? Diagnosis.of(finding(there, survey))
                : Diagnosis.of(NotJudged.of(
                        code(),
                        "who holds the programs of " + Phrases.count(there.size(), "attachment") + " is not known",
                        survey.now().index().ownership()));
    }

    private static boolean isNobodys(Program program, Survey survey) {
        ObjectId object = program.object();
        return survey.now().owners(object).isEmpty()
                && survey.pins(object).isEmpty()
                && survey.links(program).isEmpty();
    }

    private static Finding finding(List<Orphan> orphans, Survey survey) {
        List<Attachment> there = orphans.stream().map(Orphan::attachment).toList();
        Attachment first = there.get(0);
        Program program = orphans.get(0).program();
        List<String> evidence = new ArrayList<>();
        for (Orphan orphan : orphans) {
            Attachment attachment = orphan.attachment();
            evidence.add(
                    attachment.ref() + ", by " + attachment.via().label() + ": " + Phrases.facts(orphan.program()));
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
