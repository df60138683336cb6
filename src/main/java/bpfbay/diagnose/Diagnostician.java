package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Rule.Input;
import bpfbay.history.Changes;
import bpfbay.history.Delta;
import bpfbay.history.Occurrence;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * Most pictures differ from the one before in nothing but the time, and share its lists: then nothing is
 * judged anew but what has become old enough to be judged at all.
 */
/**
 * Judges scenes by all rules. Scenes of one host that follow each other are judged in a fraction of the
 * time; any others as well. One thread.
 */
public final class Diagnostician {
    private final List<Rule> rules;
    private final Map<Code, Answer> answers = new EnumMap<>(Code.class);
    private Optional<Survey> last = Optional.empty();

    /** Later than that of the last survey where it differs from it in nothing that is surveyed. */
    private Optional<Snapshot> latest = Optional.empty();

    private Optional<Instant> ripe = Optional.empty();
    private Diagnosis diagnosis = Diagnosis.NOTHING;

    public Diagnostician() {
        this(Rules.ALL);
    }

    Diagnostician(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    public Diagnosis judge(Scene scene) {
        return judge(scene, Optional.empty());
    }

    /** @param changes to the scene's picture, where they are known: they need not be worked out again */
    Diagnosis judge(Scene scene, Optional<Changes> changes) {
        Optional<Snapshot> before = latest;
        latest = Optional.of(scene.now());
        Set<Input> changed = changed(scene);
        if (changed.isEmpty()) {
            return diagnosis;
        }
        Survey survey = last.isEmpty()
                ? first(scene)
                : next(last.get(), scene, changed, delta(before.orElseThrow(), scene.now(), changes));
        last = Optional.of(survey);
        ripe = ripe(survey);
        diagnosis = together(scene.now());
        return diagnosis;
    }

    private Survey first(Scene scene) {
        Survey survey = Survey.of(scene);
        for (Rule rule : rules) {
            answers.put(rule.code(), rule.answer(survey));
        }
        return survey;
    }

    private Survey next(Survey before, Scene scene, Set<Input> changed, Delta delta) {
        Survey survey = before.after(scene, delta);
        Stirred stirred = Stirred.between(before, survey, delta);
        for (Rule rule : rules) {
            if (rule.inputs().stream().anyMatch(changed::contains)) {
                answers.computeIfPresent(rule.code(), (code, answer) -> answer.after(stirred));
            }
        }
        return survey;
    }

    @SuppressWarnings("ReferenceEquality")
    private static Delta delta(Snapshot before, Snapshot now, Optional<Changes> changes) {
        return changes.filter(known -> known.before() == before && known.after() == now)
                .map(Changes::delta)
                .orElseGet(() -> Delta.between(before, now));
    }

    private Set<Input> changed(Scene scene) {
        if (last.isEmpty()
                || !last.get().scene().isContinuedBy(scene)
                || ripe.filter(moment -> !scene.now().takenAt().isBefore(moment))
                        .isPresent()) {
            return EnumSet.allOf(Input.class);
        }
        return changed(last.get().scene(), scene);
    }

    /** Pictures share what has stayed the same: another list is another content, or soon will be. */
    @SuppressWarnings("ReferenceEquality")
    private static Set<Input> changed(Scene before, Scene after) {
        Set<Input> changed = EnumSet.noneOf(Input.class);
        Snapshot old = before.now();
        Snapshot now = after.now();
        if (old.attachments() != now.attachments()
                || old.programs() != now.programs()
                || old.links() != now.links()
                || old.maps() != now.maps()
                || old.pins() != now.pins()
                || old.index() != now.index()
                || old.interfaces() != now.interfaces()
                || old.namespaces() != now.namespaces()
                || !old.own().equals(now.own())
                || !old.problems().equals(now.problems())) {
            changed.add(Input.OBJECTS);
        }
        if (old.cgroups() != now.cgroups()) {
            changed.add(Input.CGROUPS);
        }
        if (old.activity() != now.activity()) {
            changed.add(Input.ACTIVITY);
        }
        if (before.past() != after.past() || !before.since().equals(after.since())) {
            changed.add(Input.PAST);
        }
        if (!before.declared().equals(after.declared())) {
            changed.add(Input.DECLARED);
        }
        return changed;
    }

    /** When the next thing that is too young to be judged will be old enough, or the last counts too old. */
    private static Optional<Instant> ripe(Survey survey) {
        Scene scene = survey.scene();
        Optional<Instant> stale = ShadowedAttachment.staleAt(scene.now().activity())
                .filter(moment -> moment.isAfter(scene.now().takenAt()));
        Optional<Instant> grown = grown(scene, survey.young());
        return stale.isPresent() && grown.isPresent()
                ? stale.filter(moment -> moment.isBefore(grown.get())).or(() -> grown)
                : stale.or(() -> grown);
    }

    private static Optional<Instant> grown(Scene scene, Young young) {
        Instant grown = scene.now().takenAt().minus(scene.holdDown());
        Instant first = Instant.MAX;
        for (Program program : young.programs()) {
            if (program.loadedAt().isBefore(first)) {
                first = program.loadedAt();
            }
        }
        List<Occurrence> past = scene.past();
        for (int i = past.size() - 1; i >= 0 && past.get(i).at().isAfter(grown); i--) {
            first = past.get(i).at().isBefore(first) ? past.get(i).at() : first;
        }
        return first.equals(Instant.MAX) ? Optional.empty() : Optional.of(first.plus(scene.holdDown()));
    }

    private Diagnosis together(Snapshot now) {
        List<Finding> findings = new ArrayList<>();
        Set<NotEvaluated> notEvaluated = new LinkedHashSet<>();
        for (Answer answer : answers.values()) {
            findings.addAll(answer.diagnosis().findings());
            notEvaluated.addAll(answer.diagnosis().notEvaluated());
        }
        notEvaluated.addAll(BlindSpots.of(now));
        return new Diagnosis(findings, List.copyOf(notEvaluated));
    }
}
