package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Owner;
import bpfbay.model.Program;
import bpfbay.model.TcFilter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** An agent's old programs stayed beside its new ones: one packet meets the same program twice. */
final class DuplicateAttachment
        implements Sorting<List<Attachment>, DuplicateAttachment.Sort, List<DuplicateAttachment.Runner>> {
    private static final int ETH_P_ALL = 3;

    /** Ways alike in what stands on them twice. */
    record Sort(Way.Kind kind, int side, int type, String name) {}

    record Runner(Attachment attachment, Program program) {}

    @Override
    public Code code() {
        return Code.DUPLICATE_ATTACHMENT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<List<Attachment>> things() {
        return Things.WAYS;
    }

    @Override
    public List<Case<Sort, List<Runner>>> look(List<Attachment> way, Survey survey) {
        if (!hasNamesakes(way, survey)) {
            return List.of();
        }
        List<Case<Sort, List<Runner>>> cases = new ArrayList<>();
        duplicates(way, survey)
                .forEach((sort, twice) -> cases.add(new Case<>(
                        sort,
                        twice.stream()
                                .map(a -> new Runner(a, survey.program(a).orElseThrow()))
                                .toList())));
        return cases;
    }

    @Override
    public Diagnosis tell(Sort sort, List<List<Runner>> ways, Survey survey) {
        return Diagnosis.of(finding(sort, ways, survey));
    }

    private static boolean hasNamesakes(List<Attachment> way, Survey survey) {
        for (int i = 1; i < way.size(); i++) {
            String name = name(way.get(i), survey);
            for (int j = 0; j < i; j++) {
                if (!name.isEmpty() && name.equals(name(way.get(j), survey))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String name(Attachment attachment, Survey survey) {
        Optional<Program> program = survey.program(attachment);
        return program.isPresent() ? program.get().name() : "";
    }

    private static Map<Sort, List<Attachment>> duplicates(List<Attachment> there, Survey survey) {
        Way way = Way.of(there.get(0).place()).orElseThrow();
        Map<Sort, List<Attachment>> named = new LinkedHashMap<>();
        for (Attachment attachment : there) {
            survey.program(attachment)
                    .filter(program -> !program.name().isEmpty())
                    .ifPresent(program -> named.computeIfAbsent(
                                    new Sort(
                                            way.kind(),
                                            way.side(),
                                            program.type().value(),
                                            program.name()),
                                    sort -> new ArrayList<>(2))
                            .add(attachment));
        }
        Map<Sort, List<Attachment>> twice = new LinkedHashMap<>();
        named.forEach((sort, same) -> {
            List<Attachment> meeting = same.stream()
                    .filter(a -> same.stream().anyMatch(b -> !a.equals(b) && isMetBy(a, b) && isOneThing(a, b, survey)))
                    .toList();
            if (meeting.size() > 1 && meeting.stream().noneMatch(survey::isYoung)) {
                twice.put(sort, meeting);
            }
        });
        return twice;
    }

    /** Whether one packet meets both, as far as filters tell. */
    private static boolean isMetBy(Attachment a, Attachment b) {
        Optional<TcFilter> left = a.filter();
        Optional<TcFilter> right = b.filter();
        if (left.isPresent() && right.isPresent()) {
            return left.get().chain() == right.get().chain()
                    && isMetBy(left.get().protocol(), right.get().protocol())
                    && !isSplit(left.get(), right.get())
                    && !isSplit(right.get(), left.get());
        }
        return left.or(() -> right)
                .filter(filter -> filter.chain() != 0 || filter.flags().contains(TcFilter.Flag.SKIP_SW))
                .isEmpty();
    }

    private static boolean isMetBy(int a, int b) {
        return a == b || a == ETH_P_ALL || b == ETH_P_ALL;
    }

    /** One filter for the device's processor and its twin for ours. */
    private static boolean isSplit(TcFilter a, TcFilter b) {
        return a.flags().contains(TcFilter.Flag.SKIP_SW) && b.flags().contains(TcFilter.Flag.SKIP_HW);
    }

    /** One name is enough, unless two agents that chose the same one are known to stand behind it. */
    private static boolean isOneThing(Attachment a, Attachment b, Survey survey) {
        if (a.progId().equals(b.progId())) {
            return true;
        }
        Set<String> left = agents(a, survey);
        Set<String> right = agents(b, survey);
        boolean isOfTwoAgents =
                !left.isEmpty() && !right.isEmpty() && left.stream().noneMatch(right::contains);
        return !isOfTwoAgents
                || survey.kinship()
                        .areKin(
                                survey.program(a).orElseThrow(),
                                survey.program(b).orElseThrow());
    }

    private static Set<String> agents(Attachment attachment, Survey survey) {
        Set<String> agents = new HashSet<>();
        survey.program(attachment)
                .ifPresent(program -> survey.standIns(program).forEach(object -> survey.holders(object).stream()
                        .map(Owner::holder)
                        .map(Observers::group)
                        .forEach(agents::add)));
        return agents;
    }

    private static Finding finding(Sort sort, List<List<Runner>> ways, Survey survey) {
        List<Runner> way = ways.get(0);
        List<Attachment> first = way.stream().map(Runner::attachment).toList();
        List<Runner> runners = ways.stream().flatMap(List::stream).toList();
        List<Attachment> all = runners.stream().map(Runner::attachment).toList();
        List<Program> programs = way.stream().map(Runner::program).toList();
        Program oldest =
                programs.stream().min(Comparator.comparing(Program::loadedAt)).orElseThrow();
        List<String> evidence = new ArrayList<>();
        for (Runner runner : runners) {
            evidence.add(runner.attachment().ref() + ": " + Phrases.facts(runner.program()));
        }
        boolean isOneProgram = programs.stream().map(Program::id).distinct().count() == 1;
        Attachment shown = isOneProgram
                ? first.get(1)
                : first.stream()
                        .filter(a -> a.progId().equals(OptionalInt.of(oldest.id())))
                        .findFirst()
                        .orElseThrow();
        String more = ways.size() > 1 ? "; so it is in " + (ways.size() - 1) + " more places" : "";
        return new Finding(
                Code.DUPLICATE_ATTACHMENT,
                Severity.WARNING,
                all.stream().map(Attachment::ref).toList(),
                all.stream().map(Identity::of).collect(Collectors.toSet()),
                all.stream().map(a -> a.progId().orElseThrow()).distinct().toList(),
                sort.name() + " runs " + first.size() + " times on one way: " + steps(way, oldest, isOneProgram, survey)
                        + more,
                evidence,
                Phrases.show(shown));
    }

    private static String steps(List<Runner> way, Program oldest, boolean isOneProgram, Survey survey) {
        List<String> steps = new ArrayList<>();
        for (Runner runner : way) {
            Program program = runner.program();
            boolean isOld = !isOneProgram && program.id() == oldest.id();
            steps.add((steps.isEmpty() ? "first " : "then ") + Phrases.id(program.id()) + " (loaded "
                    + Phrases.moment(program.loadedAt(), survey.takenAt()) + (isOld ? ", the oldest" : "") + ") at "
                    + runner.attachment().ref());
        }
        return Phrases.list(steps);
    }
}
