package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The same programs run one after the other in another order, and so may mean something else together. */
final class ChainReordered implements Rule {
    /** What a chain was, and what made it another. */
    private record Reordering(List<Integer> original, Occurrence latest) {}

    @Override
    public Code code() {
        return Code.CHAIN_REORDERED;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        Map<Place, Reordering> reorderings = reorderings(survey.scene().past());
        if (!reorderings.isEmpty()) {
            Map<Place, List<Attachment>> chains = chains(survey, reorderings.keySet());
            reorderings.forEach((place, reordering) -> {
                List<Attachment> chain = chains.getOrDefault(place, List.of());
                if (!survey.scene().isYoung(reordering.latest().at())
                        && isAnotherOrder(reordering.original(), programs(chain))) {
                    findings.add(finding(chain, reordering, survey));
                }
            });
        }
        return new Diagnosis(findings, Chronology.blind(code(), survey.scene()));
    }

    private static Map<Place, Reordering> reorderings(List<Occurrence> past) {
        Map<Place, Reordering> reorderings = new LinkedHashMap<>();
        for (Occurrence occurrence : past) {
            Optional<Place> place = Chronology.place(occurrence);
            if (occurrence.kind() != Kind.REORDERED || place.isEmpty()) {
                continue;
            }
            if (Chronology.isOurs(occurrence)) {
                reorderings.remove(place.get());
            } else {
                List<Integer> original = Optional.ofNullable(reorderings.get(place.get()))
                        .map(Reordering::original)
                        .orElseGet(() -> occurrence.before().map(State::chain).orElse(List.of()));
                reorderings.put(place.get(), new Reordering(original, occurrence));
            }
        }
        return reorderings;
    }

    /** By the place as identities name it. */
    private static Map<Place, List<Attachment>> chains(Survey survey, Set<Place> wanted) {
        Map<Place, List<Attachment>> chains = new HashMap<>();
        for (Attachment attachment : survey.attachments()) {
            Place place = attachment.key().place();
            if (wanted.contains(place)) {
                chains.computeIfAbsent(place, p -> new ArrayList<>()).add(attachment);
            }
        }
        return chains;
    }

    private static List<Integer> programs(List<Attachment> chain) {
        return chain.stream().flatMap(a -> a.progId().stream().boxed()).toList();
    }

    private static boolean isAnotherOrder(List<Integer> before, List<Integer> now) {
        List<Integer> then = before.stream().filter(now::contains).toList();
        List<Integer> since = now.stream().filter(before::contains).toList();
        return then.size() > 1 && !then.equals(since);
    }

    private static Finding finding(List<Attachment> chain, Reordering reordering, Survey survey) {
        List<Integer> now = programs(chain);
        List<Integer> before =
                reordering.original().stream().filter(now::contains).toList();
        List<String> evidence = new ArrayList<>();
        evidence.add("it was " + order(reordering.original(), survey));
        chain.forEach(attachment -> evidence.add(attachment.ref() + ": "
                + survey.program(attachment).map(Phrases::facts).orElse("a classic filter")));
        return new Finding(
                Code.CHAIN_REORDERED,
                Severity.WARNING,
                chain.stream().map(Attachment::ref).toList(),
                chain.stream().map(Identity::of).collect(Collectors.toSet()),
                now.stream().distinct().toList(),
                "the chain of " + chain.get(0).ref() + " runs in another order since "
                        + Phrases.moment(reordering.latest().at(), survey.takenAt()) + ": "
                        + order(now, survey) + ", before " + order(before, survey),
                evidence,
                Phrases.show(chain.get(0)));
    }

    private static String order(List<Integer> ids, Survey survey) {
        return ids.stream()
                .map(id -> survey.now()
                        .program(id)
                        .map(Program::name)
                        .filter(name -> !name.isEmpty())
                        .map(name -> name + " " + Phrases.id(id))
                        .orElseGet(() -> Phrases.id(id)))
                .collect(Collectors.joining(", "));
    }
}
