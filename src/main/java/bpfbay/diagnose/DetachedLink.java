package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A link outlived its hook: somebody keeps it and may take it for an attachment. */
final class DetachedLink implements Sorting<Link, DetachedLink.Sort, DetachedLink.Kept> {
    /** Links of one kind, to one program's loads. */
    record Sort(int type, String name) {}

    /** A link with those who keep it. */
    record Kept(Link link, Optional<Program> program, List<Pin> pins, List<Owner> holders) {}

    @Override
    public Code code() {
        return Code.DETACHED_LINK;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<Link> things() {
        return Things.LINKS;
    }

    @Override
    public List<Case<Sort, Kept>> look(Link link, Survey survey) {
        if (!link.isDetached() || survey.now().isOwn(link.object()) || !isKept(link, survey)) {
            return List.of();
        }
        Optional<Program> program = survey.now().program(link.progId());
        if (program.filter(survey::isYoung).isPresent()) {
            return List.of();
        }
        Sort sort = new Sort(link.type().value(), program.map(Program::name).orElse(""));
        List<Owner> holders = survey.now().owners(link.object());
        return List.of(new Case<>(sort, new Kept(link, program, survey.pins(link.object()), holders)));
    }

    private static boolean isKept(Link link, Survey survey) {
        return !survey.pins(link.object()).isEmpty()
                || survey.now().owners(link.object()).stream().anyMatch(owner -> !owner.isInferred());
    }

    @Override
    public Diagnosis tell(Sort sort, List<Kept> all, Survey survey) {
        List<String> evidence = new ArrayList<>();
        Set<Identity> rows = new HashSet<>();
        for (Kept kept : all) {
            Link link = kept.link();
            List<String> holders = kept.holders().stream().map(Owner::label).toList();
            evidence.add(link.object() + " (" + link.type().label() + ")"
                    + kept.program()
                            .map(program -> ", " + Phrases.told(program, survey.takenAt()))
                            .orElse("")
                    + (kept.pins().isEmpty() ? "" : ", pinned " + Phrases.pins(kept.pins()))
                    + (holders.isEmpty() ? "" : ", held by " + Phrases.list(holders)));
            rows.add(Identity.of(link.object()));
            kept.pins().forEach(pin -> rows.add(Identity.of(pin)));
        }
        ObjectId first = all.get(0).link().object();
        List<String> links =
                all.stream().map(kept -> kept.link().object().toString()).toList();
        String what = sort.name().isEmpty() ? "" : " of " + sort.name();
        return Diagnosis.of(new Finding(
                Code.DETACHED_LINK,
                Severity.INFO,
                links,
                rows,
                all.stream().map(kept -> kept.link().progId()).distinct().toList(),
                all.size() == 1
                        ? first + what + " is attached to nothing, and "
                                + (all.get(0).pins().isEmpty() ? "held" : "pinned")
                        : Phrases.count(all.size(), "link") + what + " are attached to nothing: " + Phrases.list(links),
                evidence,
                Phrases.show(first)));
    }
}
