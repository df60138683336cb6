package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.LinkType;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The program leaves its hook with a process, and nobody would say what was there. */
final class DiesWithProcess implements Sorting<Attachment, List<Owner>, DiesWithProcess.Hanging> {
    private static final int INIT = 1;

    /** A tracing tool is meant to end with its process. */
    private static final Set<LinkType> OF_TRACING = Set.of(
            LinkType.RAW_TRACEPOINT,
            LinkType.TRACING,
            LinkType.ITER,
            LinkType.PERF_EVENT,
            LinkType.KPROBE_MULTI,
            LinkType.UPROBE_MULTI);

    record Hanging(Attachment attachment, Optional<Program> program) {}

    @Override
    public Code code() {
        return Code.DIES_WITH_PROCESS;
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
    public List<Case<List<Owner>, Hanging>> look(Attachment attachment, Survey survey) {
        if (attachment.linkId().isEmpty()) {
            return List.of();
        }
        ObjectId link = link(attachment);
        if (!survey.now().pins(link).isEmpty() || isTracing(attachment, survey) || survey.isYoung(attachment)) {
            return List.of();
        }
        List<Owner> holders = survey.now().owners(link);
        return isHeldByInit(holders)
                ? List.of()
                : List.of(new Case<>(holders, new Hanging(attachment, survey.program(attachment))));
    }

    @Override
    public Diagnosis tell(List<Owner> holders, List<Hanging> hanging, Survey survey) {
        return holders.isEmpty()
                ? Diagnosis.of(notKnown(hanging.size(), survey))
                : Diagnosis.of(finding(holders, hanging, survey));
    }

    private static boolean isHeldByInit(List<Owner> holders) {
        for (Owner owner : holders) {
            if (owner.holder().pid() == INIT) {
                return true;
            }
        }
        return false;
    }

    private NotEvaluated notKnown(int links, Survey survey) {
        String what = "who holds " + Phrases.count(links, "link") + " without a pin is not known";
        return survey.now().index().ownership().found().isPresent()
                ? NotJudged.of(code(), what + ": no process that can be seen does")
                : NotJudged.of(code(), what, survey.now().index().ownership());
    }

    private static ObjectId link(Attachment attachment) {
        return ObjectId.link(attachment.linkId().orElseThrow());
    }

    private static boolean isTracing(Attachment attachment, Survey survey) {
        return attachment.place() instanceof Place.Other other
                && OF_TRACING.contains(other.type())
                && survey.program(attachment)
                        .filter(program -> program.type().equals(ProgType.LSM))
                        .isEmpty();
    }

    private static Finding finding(List<Owner> holders, List<Hanging> hanging, Survey survey) {
        List<Attachment> attachments = hanging.stream().map(Hanging::attachment).toList();
        List<String> processes = holders.stream().map(Owner::label).toList();
        List<String> evidence = new ArrayList<>();
        Set<Identity> rows = new HashSet<>();
        List<Integer> ids = new ArrayList<>();
        for (Hanging one : hanging) {
            Attachment attachment = one.attachment();
            evidence.add(attachment.ref() + ": " + link(attachment) + " has no pin"
                    + one.program()
                            .map(program -> ", runs " + Phrases.told(program, survey.takenAt()))
                            .orElse(""));
            rows.add(Identity.of(attachment));
            attachment.progId().ifPresent(ids::add);
        }
        for (Owner owner : holders) {
            owner.holder().unit().ifPresent(unit -> evidence.add(owner.label() + " is of unit " + unit));
            owner.holder().container().ifPresent(id -> evidence.add(owner.label() + " is in container " + id));
        }
        String who = processes.size() == 1 ? processes.get(0) : "the last of " + Phrases.list(processes);
        String what = attachments.size() == 1
                ? hanging.get(0)
                                .program()
                                .map(Program::name)
                                .filter(name -> !name.isEmpty())
                                .map(name -> name + " on ")
                                .orElse("")
                        + attachments.get(0).ref() + " dies with " + who + ": no pin holds its link"
                : Phrases.count(attachments.size(), "attachment") + " die with " + who + ": no pin holds their links ("
                        + Phrases.refs(attachments) + ")";
        return new Finding(
                Code.DIES_WITH_PROCESS,
                Severity.INFO,
                attachments.stream().map(Attachment::ref).toList(),
                rows,
                ids.stream().distinct().toList(),
                what,
                evidence,
                Phrases.show(link(attachments.get(0))));
    }
}
