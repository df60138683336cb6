package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Link;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A link outlived its hook: somebody keeps it and may take it for an attachment. */
final class DetachedLink implements Rule {
    private record Sort(int type, String name) {}

    @Override
    public Code code() {
        return Code.DETACHED_LINK;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        Map<Sort, List<Link>> detached = new LinkedHashMap<>();
        for (Link link : survey.now().links()) {
            Optional<Program> program = survey.now().program(link.progId());
            if (link.isDetached()
                    && !survey.now().isOwn(link.object())
                    && program.filter(survey::isYoung).isEmpty()
                    && isKept(link, survey)) {
                Sort sort =
                        new Sort(link.type().value(), program.map(Program::name).orElse(""));
                detached.computeIfAbsent(sort, s -> new ArrayList<>()).add(link);
            }
        }
        return new Diagnosis(
                detached.values().stream().map(links -> finding(links, survey)).toList(), List.of());
    }

    private static boolean isKept(Link link, Survey survey) {
        return !survey.pins(link.object()).isEmpty()
                || survey.now().owners(link.object()).stream().anyMatch(owner -> !owner.isInferred());
    }

    private static Finding finding(List<Link> links, Survey survey) {
        List<String> evidence = new ArrayList<>();
        Set<Identity> rows = new HashSet<>();
        for (Link link : links) {
            List<Pin> pins = survey.pins(link.object());
            List<String> holders = survey.now().owners(link.object()).stream()
                    .map(Owner::label)
                    .toList();
            evidence.add(link.object() + " (" + link.type().label() + ")"
                    + survey.now()
                            .program(link.progId())
                            .map(program -> ", " + Phrases.told(program, survey.takenAt()))
                            .orElse("")
                    + (pins.isEmpty() ? "" : ", pinned " + Phrases.pins(pins))
                    + (holders.isEmpty() ? "" : ", held by " + Phrases.list(holders)));
            rows.add(Identity.of(link.object()));
            pins.forEach(pin -> rows.add(Identity.of(pin)));
        }
        Link first = links.get(0);
        String what = survey.now()
                .program(first.progId())
                .map(program -> program.name().isEmpty() ? "" : " of " + program.name())
                .orElse("");
        return new Finding(
                Code.DETACHED_LINK,
                Severity.INFO,
                links.stream().map(link -> link.object().toString()).toList(),
                rows,
                links.stream().map(Link::progId).distinct().toList(),
                links.size() == 1
                        ? first.object() + what + " is attached to nothing, and "
                                + (survey.pins(first.object()).isEmpty() ? "held" : "pinned")
                        : Phrases.count(links.size(), "link") + what + " are attached to nothing: "
                                + Phrases.list(links.stream()
                                        .map(link -> link.object().toString())
                                        .toList()),
                evidence,
                Phrases.show(first.object()));
    }
}
