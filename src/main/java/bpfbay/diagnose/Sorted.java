package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Sorting.Case;
import bpfbay.history.Edits.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The answer of a rule that sorts: of the next survey it looks only at what has come or was stirred, and
 * tells anew only of the sorts in which there are other cases now.
 */
final class Sorted<T, S, P> implements Answer {
    private final Sorting<T, S, P> rule;
    private final List<T> things;

    /** What was made of each thing, in their order. */
    private final List<List<Case<S, P>>> looks;

    private final Map<S, Diagnosis> told;
    private final Diagnosis diagnosis;

    private Sorted(
            Sorting<T, S, P> rule,
            List<T> things,
            List<List<Case<S, P>>> looks,
            Map<S, Diagnosis> told,
            Diagnosis diagnosis) {
        this.rule = rule;
        this.things = things;
        this.looks = looks;
        this.told = told;
        this.diagnosis = diagnosis;
    }

    static <T, S, P> Answer of(Sorting<T, S, P> rule, Survey survey) {
        List<T> things = rule.things().of(survey);
        List<List<Case<S, P>>> looks = new ArrayList<>(things.size());
        for (T thing : things) {
            looks.add(rule.look(thing, survey));
        }
        return sorted(rule, things, looks, Map.of(), survey);
    }

    @Override
    public Diagnosis diagnosis() {
        return diagnosis;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public Answer after(Stirred stirred) {
        Survey survey = stirred.after();
        if (stirred.isEverything()
                || rule.things().of(stirred.before()) != things
                || rule.isShaken(stirred.before(), survey)) {
            return of(rule, survey);
        }
        List<T> now = rule.things().of(survey);
        Course<T> course = rule.things().course(stirred);
        if (course.isStill()) {
            return now == things ? this : new Sorted<>(rule, now, looks, told, diagnosis);
        }
        Set<S> touched = new HashSet<>();
        List<List<Case<S, P>>> next = new ArrayList<>(now.size());
        int old = 0;
        for (Step<T> step : course.steps()) {
            if (step instanceof Step.Put<T> put) {
                for (T thing : put.items()) {
                    next.add(noted(rule.look(thing, survey), touched));
                }
            } else if (step instanceof Step.Drop<T> drop) {
                for (List<Case<S, P>> gone : looks.subList(old, old + drop.count())) {
                    noted(gone, touched);
                }
                old += drop.count();
            } else {
                int count = ((Step.Keep<T>) step).count();
                next.addAll(looks.subList(old, old + count));
                old += count;
            }
        }
        for (int index : course.stirred()) {
            List<Case<S, P>> known = next.get(index);
            List<Case<S, P>> seen = rule.look(now.get(index), survey);
            if (!seen.equals(known)) {
                noted(known, touched);
                next.set(index, noted(seen, touched));
            }
        }
        if (touched.isEmpty()) {
            return new Sorted<>(rule, now, next, told, diagnosis);
        }
        Map<S, Diagnosis> left = new LinkedHashMap<>(told);
        left.keySet().removeAll(touched);
        return sorted(rule, now, next, left, survey);
    }

    private static <S, P> List<Case<S, P>> noted(List<Case<S, P>> cases, Set<S> touched) {
        for (Case<S, P> one : cases) {
            touched.add(one.sort());
        }
        return cases;
    }

    /** What was told already of some sorts still holds. */
    private static <T, S, P> Answer sorted(
            Sorting<T, S, P> rule,
            List<T> things,
            List<List<Case<S, P>>> looks,
            Map<S, Diagnosis> told,
            Survey survey) {
        Map<S, List<P>> parts = new LinkedHashMap<>();
        for (List<Case<S, P>> cases : looks) {
            for (Case<S, P> one : cases) {
                parts.computeIfAbsent(one.sort(), sort -> new ArrayList<>(1)).add(one.part());
            }
        }
        Map<S, Diagnosis> all = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        Set<NotEvaluated> notEvaluated = new LinkedHashSet<>();
        for (Map.Entry<S, List<P>> alike : parts.entrySet()) {
            Diagnosis known = told.get(alike.getKey());
            Diagnosis said = known == null ? rule.tell(alike.getKey(), alike.getValue(), survey) : known;
            all.put(alike.getKey(), said);
            findings.addAll(said.findings());
            notEvaluated.addAll(said.notEvaluated());
        }
        return new Sorted<>(rule, things, looks, all, new Diagnosis(findings, List.copyOf(notEvaluated)));
    }
}
