package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Attachment;
import bpfbay.model.Place;
import bpfbay.model.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody put another program in the place of one, and its owner sees nothing. */
final class ReplacedUnderneath implements Rule {
    /**
     * A place that has another program than it once had.
     *
     * @param original before anybody but bpfbay changed it
     * @param latest what made it as it is
     */
    private record Standing(State original, Occurrence latest) {
        State now() {
            return latest.after().orElseThrow();
        }
    }

    /** What makes several of them one finding. */
    private record Sort(Severity severity, String hook, String from, String to, Optional<Occurrence.Author> by) {}

    private record Replaced(Attachment attachment, Standing standing, String reason) {}

    @Override
    public Code code() {
        return Code.REPLACED_UNDERNEATH;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        Map<Sort, List<Replaced>> found = new LinkedHashMap<>();
        standing(survey.scene().past()).forEach((identity, standing) -> {
            Optional<Attachment> there = Chronology.present(identity, standing.now(), survey);
            if (there.isPresent() && !survey.scene().isYoung(standing.latest().at())) {
                Optional<String> reason = alarm(there.get(), standing, survey);
                Sort sort = new Sort(
                        reason.isPresent() ? Severity.CRITICAL : Severity.INFO,
                        there.get().place().hook(),
                        standing.original().progName(),
                        standing.now().progName(),
                        standing.latest().by());
                found.computeIfAbsent(sort, s -> new ArrayList<>())
                        .add(new Replaced(there.get(), standing, reason.orElse("a later load of the same")));
            }
        });
        List<Finding> findings = new ArrayList<>();
        found.forEach((sort, replaced) -> findings.add(finding(sort, replaced, survey)));
        return new Diagnosis(findings, Chronology.blind(code(), survey.scene()));
    }

    private static Map<Identity, Standing> standing(List<Occurrence> past) {
        Map<Identity, Standing> standing = new LinkedHashMap<>();
        for (Occurrence occurrence : past) {
            Identity identity = occurrence.subject().identity();
            if (Chronology.place(occurrence).isEmpty() || occurrence.kind() == Kind.REORDERED) {
                continue;
            } else if (occurrence.kind() != Kind.REPLACED) {
                standing.remove(identity);
                continue;
            }
            State original = original(occurrence, standing);
            if (Chronology.isOurs(occurrence)
                    || isSame(original, occurrence.after().orElseThrow())) {
                standing.remove(identity);
            } else {
                standing.put(identity, new Standing(original, occurrence));
            }
        }
        return standing;
    }

    /** What stood there before anybody else came; takes the earlier replacement of the same place away. */
    private static State original(Occurrence occurrence, Map<Identity, Standing> standing) {
        State before = occurrence.before().orElseThrow();
        Optional<Map.Entry<Identity, Standing>> earlier = standing.entrySet().stream()
                .filter(entry -> isSame(entry.getValue().now(), before)
                        && Chronology.place(entry.getValue().latest()).equals(Chronology.place(occurrence)))
                .findFirst();
        earlier.ifPresent(entry -> standing.remove(entry.getKey()));
        return earlier.map(entry -> entry.getValue().original()).orElse(before);
    }

    private static boolean isSame(State a, State b) {
        return a.progId().equals(b.progId()) && a.tag().equals(b.tag());
    }

    /** Why it is more than a later load of the same; absent where it is not. */
    private static Optional<String> alarm(Attachment attachment, Standing standing, Survey survey) {
        State before = standing.original();
        State after = standing.now();
        if (!before.progName().equals(after.progName())) {
            return Optional.of("it has another name");
        }
        // of one name and of one agent: kin
        if (!before.progName().isEmpty()
                && (Chronology.isOneAgent(before, after, standing.latest().by())
                        || isTakenOver(before, after, survey))) {
            return Optional.empty();
        } else if (attachment.place() instanceof Place.Tc || attachment.place() instanceof Place.TcBlock) {
            return Optional.of("its filter was overwritten");
        }
        return hasNoMapInCommon(before, after, survey)
                ? Optional.of("it shares no map with the old one")
                : Optional.empty();
    }

    /** An agent that was down is another process and container when it is back: its maps are the same. */
    private static boolean isTakenOver(State before, State after, Survey survey) {
        boolean isNobodyElse = before.owners().isEmpty()
                ? survey.now().index().ownership().found().isPresent()
                : before.owners().stream().anyMatch(owner -> after.owners().stream()
                        .anyMatch(
                                now -> now.holder().comm().equals(owner.holder().comm())));
        return isNobodyElse && maps(after).stream().anyMatch(maps(before)::contains);
    }

    private static List<Integer> maps(State state) {
        return state.program().map(Program::mapIds).orElse(List.of());
    }

    /** Constants and variables are every load's own: without other maps nothing is there to be shared. */
    private static boolean hasNoMapInCommon(State before, State after, Survey survey) {
        List<Integer> old = maps(before);
        List<Integer> now = maps(after);
        boolean isStateful = Stream.concat(old.stream(), now.stream())
                .flatMap(id -> survey.now().map(id).stream())
                .anyMatch(map -> map.name().indexOf('.') < 0);
        return isStateful && !old.isEmpty() && now.stream().noneMatch(old::contains);
    }

    private static Finding finding(Sort sort, List<Replaced> all, Survey survey) {
        Replaced first = all.get(0);
        List<Attachment> attachments = all.stream().map(Replaced::attachment).toList();
        List<String> evidence = new ArrayList<>();
        List<Integer> ids = new ArrayList<>();
        for (Replaced one : all) {
            Standing standing = one.standing();
            String ref = one.attachment().ref();
            evidence.add(ref + " had " + Chronology.facts(standing.original()));
            evidence.add(ref + " has " + Chronology.facts(standing.now()) + ", replaced "
                    + standing.latest().at() + ": " + one.reason());
            standing.original().progId().ifPresent(ids::add);
            standing.now().progId().ifPresent(ids::add);
        }
        State old = first.standing().original();
        return new Finding(
                Code.REPLACED_UNDERNEATH,
                sort.severity(),
                attachments.stream().map(Attachment::ref).toList(),
                attachments.stream().map(Identity::of).collect(Collectors.toSet()),
                ids.stream().distinct().toList(),
                Chronology.named(old) + " on " + Phrases.refs(attachments) + " was replaced by "
                        + Chronology.named(first.standing().now()) + " "
                        + Chronology.when(first.standing().latest(), survey.takenAt()) + ": " + first.reason(),
                evidence,
                isLoaded(old, survey)
                        ? Phrases.swap(
                                List.of(first.attachment()), old.program().orElseThrow())
                        : Phrases.show(first.attachment()));
    }

    private static boolean isLoaded(State state, Survey survey) {
        return state.program().isPresent()
                && survey.now()
                        .program(state.program().get().id())
                        .filter(program -> program.tag().equals(state.tag()))
                        .isPresent();
    }
}
