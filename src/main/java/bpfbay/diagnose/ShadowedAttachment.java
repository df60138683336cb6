package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.history.Identity;
import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.Program;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** A program in front keeps every packet from the ones behind it, by counts alone: what it means to do is not known. */
final class ShadowedAttachment implements Sorting<List<Attachment>, Optional<Attachment>, Diagnosis> {
    /** A packet or two may have been none of the hindmost's business. */
    private static final long TRAFFIC = 5;

    private static final Duration FRESH = Duration.ofSeconds(30);

    private static final int ETH_P_ALL = 3;

    /** A chain that could not be judged. */
    private static final List<Case<Optional<Attachment>, Diagnosis>> UNTOLD =
            List.of(new Case<>(Optional.empty(), Diagnosis.NOTHING));

    @Override
    public Code code() {
        return Code.SHADOWED_ATTACHMENT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.ACTIVITY, Input.PAST);
    }

    @Override
    public Things<List<Attachment>> things() {
        return Things.WAYS;
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean isShaken(Survey before, Survey after) {
        return before.now().activity() != after.now().activity()
                || !start(before).equals(start(after))
                || !before.now().problems().equals(after.now().problems());
    }

    @Override
    public List<Case<Optional<Attachment>, Diagnosis>> look(List<Attachment> way, Survey survey) {
        if (!Way.isOfDevice(way.get(0).place())) {
            return List.of();
        }
        Optional<Instant> start = start(survey);
        if (start.isEmpty()) {
            return UNTOLD;
        }
        Shadow shadow = shadow(way, survey, start.get());
        if (shadow.caster().isPresent()) {
            Finding finding = finding(shadow.caster().get(), shadow.behind(), survey);
            return List.of(new Case<>(shadow.caster(), Diagnosis.of(finding)));
        }
        return shadow.isMixed() ? UNTOLD : List.of();
    }

    /** Each shadow by itself; what could not be judged together, as chains without a caster. */
    @Override
    public Diagnosis tell(Optional<Attachment> caster, List<Diagnosis> shadows, Survey survey) {
        if (caster.isPresent()) {
            return shadows.get(0);
        }
        return Diagnosis.of(
                start(survey).isEmpty()
                        ? notCounted(shadows.size(), survey.now())
                        : NotJudged.of(
                                code(),
                                "in " + Phrases.count(shadows.size(), "chain")
                                        + " the counts of the program in front are of several attachments"));
    }

    /** From when on the last window says nothing any more. */
    static Optional<Instant> staleAt(Activity activity) {
        return activity.at().map(end -> end.plus(FRESH).plusNanos(1));
    }

    /** Of the window, where one was counted not long ago. */
    private static Optional<Instant> start(Survey survey) {
        Activity activity = survey.now().activity();
        Instant takenAt = survey.takenAt();
        boolean isFresh = staleAt(activity).filter(takenAt::isBefore).isPresent();
        return activity.at().filter(end -> isFresh).flatMap(end -> activity.window()
                .map(end::minus));
    }

    private NotEvaluated notCounted(int chains, Snapshot now) {
        Optional<NotEvaluated> refused = now.problems().stream()
                .filter(problem -> problem.operation().equals("BPF_ENABLE_STATS"))
                .findFirst()
                .map(problem -> new NotEvaluated(
                        code(),
                        problem.errno() == 1 ? Cause.PRIVILEGE : BlindSpots.cause(problem),
                        "runs are not counted: " + problem.hint()));
        return refused.orElseGet(() -> NotJudged.notAsked(
                code(),
                "the runs of " + Phrases.count(chains, "chain")
                        + " were not counted: it takes a window in which they are"));
    }

    /**
     * What one chain shows.
     *
     * @param isMixed whether something stood still behind one whose counts are of other places too
     */
    private record Shadow(Optional<Attachment> caster, List<Attachment> behind, boolean isMixed) {}

    private static final Shadow NO_TRAFFIC = new Shadow(Optional.empty(), List.of(), false);

    private static Shadow shadow(List<Attachment> way, Survey survey, Instant start) {
        int last = way.size() - 1;
        while (last >= 0 && runs(way.get(last), survey).orElse(0) == 0) {
            last--;
        }
        if (last < 0) {
            return NO_TRAFFIC;
        }
        Attachment front = way.get(last);
        if (survey.program(front).isEmpty()) {
            return NO_TRAFFIC;
        }
        List<Attachment> behind = way.subList(last + 1, way.size()).stream()
                .filter(attachment -> runs(attachment, survey).isPresent())
                .filter(attachment -> mayBeShadowed(attachment, front, survey, start))
                .toList();
        if (behind.isEmpty()) {
            return NO_TRAFFIC;
        } else if (!isOnce(front, survey)) {
            return new Shadow(Optional.empty(), behind, true);
        }
        return runs(front, survey).orElse(0) >= TRAFFIC ? new Shadow(Optional.of(front), behind, false) : NO_TRAFFIC;
    }

    /** Runs in the window; empty where they were not counted. */
    private static OptionalLong runs(Attachment attachment, Survey survey) {
        if (attachment.progId().isEmpty()) {
            return OptionalLong.empty();
        }
        Activity activity = survey.now().activity();
        RunRate rate = activity.rates().get(attachment.progId().getAsInt());
        if (rate == null || activity.at().filter(rate.at()::equals).isEmpty()) {
            return OptionalLong.empty();
        }
        double seconds = activity.window().orElse(Duration.ZERO).toNanos() / 1e9;
        return OptionalLong.of(Math.round(rate.runsPerSecond() * seconds));
    }

    private static boolean isOnce(Attachment attachment, Survey survey) {
        return survey.now().index().sharedBy(attachment.progId().orElseThrow()) == 1;
    }

    /** Attached once and throughout the window, and a packet that met the one in front would be for it too. */
    private static boolean mayBeShadowed(Attachment attachment, Attachment front, Survey survey, Instant start) {
        if (!isOnce(attachment, survey)
                || survey.isYoung(attachment)
                || survey.program(attachment)
                        .filter(program -> program.loadedAt().isBefore(start))
                        .isEmpty()) {
            return false;
        }
        Optional<TcFilter> filter = attachment.filter();
        if (filter.isEmpty()) {
            return true;
        }
        TcFilter own = filter.get();
        if (own.flags().contains(TcFilter.Flag.SKIP_SW) || own.flags().contains(TcFilter.Flag.IN_HW)) {
            return false;
        }
        return front.filter()
                .map(other -> other.chain() == own.chain()
                        && (own.protocol() == ETH_P_ALL || own.protocol() == other.protocol()))
                .orElse(own.chain() == 0 && own.protocol() == ETH_P_ALL);
    }

    private static Finding finding(Attachment caster, List<Attachment> behind, Survey survey) {
        Program front = survey.program(caster).orElseThrow();
        String window = seconds(survey.now().activity().window().orElse(Duration.ZERO));
        long runs = runs(caster, survey).orElse(0);
        List<String> evidence = new ArrayList<>();
        evidence.add(caster.ref() + ": " + Phrases.facts(front) + ", " + Phrases.count(runs, "run") + " in " + window);
        List<Integer> ids = new ArrayList<>();
        for (Attachment attachment : behind) {
            Program program = survey.program(attachment).orElseThrow();
            ids.add(program.id());
            evidence.add(attachment.ref() + ": " + Phrases.facts(program) + ", 0 runs in " + window);
        }
        ids.add(front.id());
        String names = Phrases.list(behind.stream()
                .map(a -> Phrases.named(survey.program(a).orElseThrow()))
                .toList());
        return new Finding(
                Code.SHADOWED_ATTACHMENT,
                Severity.WARNING,
                behind.stream().map(Attachment::ref).toList(),
                behind.stream().map(Identity::of).collect(Collectors.toSet()),
                ids,
                names + " attached, not running: 0 runs in " + window + ", while " + Phrases.named(front)
                        + " in front of it at " + caster.ref() + " ran " + runs + " times",
                evidence,
                Phrases.show(caster));
    }

    private static String seconds(Duration window) {
        return String.format(Locale.ROOT, "%.1f s", window.toMillis() / 1000.0);
    }
}
