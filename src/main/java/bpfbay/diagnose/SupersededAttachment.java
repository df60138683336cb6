package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A rollout was left behind: the new program is there and nothing runs it. */
final class SupersededAttachment implements Sorting<List<Program>, ObjectId, Diagnosis> {
    /** Of the others some uses cannot be seen: perf events by ioctl, sockets, drivers of infrared receivers. */
    private static final Set<ProgType> SEEN_WHEREVER_USED = Set.of(
            ProgType.XDP,
            ProgType.SCHED_CLS,
            ProgType.CGROUP_SKB,
            ProgType.CGROUP_SOCK,
            ProgType.CGROUP_DEVICE,
            ProgType.CGROUP_SOCK_ADDR,
            ProgType.CGROUP_SYSCTL,
            ProgType.CGROUP_SOCKOPT,
            ProgType.SOCK_OPS,
            ProgType.FLOW_DISSECTOR,
            ProgType.TRACING,
            ProgType.EXT,
            ProgType.LSM,
            ProgType.SK_LOOKUP,
            ProgType.NETFILTER);

    /**
     * A newer program that nothing runs, with the older kin that does.
     *
     * @param sign why they are kin
     */
    record Pair(Program newer, Program attached, String sign) {}

    @Override
    public Code code() {
        return Code.SUPERSEDED_ATTACHMENT;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Things<List<Program>> things() {
        return Things.NAMESAKES;
    }

    @Override
    public List<Case<ObjectId, Diagnosis>> look(List<Program> namesakes, Survey survey) {
        List<Pair> pairs = survey.superseded(namesakes);
        if (pairs.isEmpty()) {
            return List.of();
        }
        Reading<Map<Integer, List<ObjectId>>> slots = survey.now().index().slots();
        Program newer = pairs.get(0).newer();
        Diagnosis said = slots.found().isPresent()
                ? Diagnosis.of(finding(pairs, survey))
                : Diagnosis.of(NotJudged.of(
                        code(), "whether a map's entry runs " + Phrases.named(newer) + " is not known", slots));
        return List.of(new Case<>(newer.object(), said));
    }

    @Override
    public Diagnosis tell(ObjectId newer, List<Diagnosis> said, Survey survey) {
        return said.get(0);
    }

    /** Of the newest unused one; as far as the entries of maps are known. */
    static List<Pair> pairs(List<Program> namesakes, Survey survey) {
        if (!SEEN_WHEREVER_USED.contains(namesakes.get(0).type())) {
            return List.of();
        }
        for (int i = namesakes.size() - 1; i > 0; i--) {
            Program newer = namesakes.get(i);
            if (isUnused(newer, survey) && !survey.isYoung(newer) && isKept(newer, survey)) {
                List<Pair> pairs = new ArrayList<>();
                for (Program older : namesakes.subList(0, i)) {
                    if (isSuperseded(older, newer, survey)) {
                        survey.kinship().sign(older, newer).ifPresent(sign -> pairs.add(new Pair(newer, older, sign)));
                    }
                }
                if (!pairs.isEmpty()) {
                    return pairs;
                }
            }
        }
        return List.of();
    }

    private static boolean isKept(Program program, Survey survey) {
        return !survey.pins(program.object()).isEmpty()
                || !survey.holders(program.object()).isEmpty();
    }

    private static boolean isUnused(Program program, Survey survey) {
        Optional<Map<Integer, List<ObjectId>>> slots =
                survey.now().index().slots().found();
        return survey.attachments(program).isEmpty()
                && survey.links(program).isEmpty()
                && slots.filter(used -> used.containsKey(program.id())).isEmpty();
    }

    /** Loads of one build for several interfaces are no rollout, unless they stand in for each other. */
    private static boolean isSuperseded(Program older, Program newer, Survey survey) {
        if (!older.loadedAt().isBefore(newer.loadedAt())
                || survey.attachments(older).isEmpty()
                || survey.attachments(older).stream().anyMatch(survey::isYoung)) {
            return false;
        }
        boolean isKnownBuild = older.fingerprint().found().isPresent()
                && older.fingerprint().found().equals(newer.fingerprint().found());
        return !isKnownBuild || survey.kinship().isOfOnePlace(older, newer);
    }

    private static Finding finding(List<Pair> pairs, Survey survey) {
        Program newer = pairs.get(0).newer();
        List<Attachment> behind = new ArrayList<>();
        List<Integer> ids = new ArrayList<>(List.of(newer.id()));
        List<String> evidence = new ArrayList<>(List.of(Phrases.facts(newer)));
        for (Pair pair : pairs) {
            List<Attachment> runs = survey.attachments(pair.attached());
            behind.addAll(runs);
            ids.add(pair.attached().id());
            evidence.add(Phrases.facts(pair.attached()) + ", on " + Phrases.refs(runs));
            evidence.add("kin of the newer: " + pair.sign());
        }
        evidence.add("newer " + Phrases.id(newer.id()) + " stands on no hook, link or map entry");
        Set<Identity> rows = new HashSet<>();
        behind.forEach(attachment -> rows.add(Identity.of(attachment)));
        rows.add(Identity.of(newer.object()));
        return new Finding(
                Code.SUPERSEDED_ATTACHMENT,
                Severity.WARNING,
                behind.stream().map(Attachment::ref).toList(),
                rows,
                ids,
                "newer " + Phrases.named(newer) + " (loaded " + Phrases.moment(newer.loadedAt(), survey.takenAt())
                        + ", " + kept(newer, survey) + ") is attached nowhere: " + Phrases.refs(behind)
                        + still(pairs, survey),
                evidence,
                Phrases.swap(behind, newer));
    }

    private static String still(List<Pair> pairs, Survey survey) {
        Program older = pairs.get(0).attached();
        return " still runs " + Phrases.id(older.id()) + " (loaded "
                + Phrases.moment(older.loadedAt(), survey.takenAt()) + ")"
                + (pairs.size() > 1 ? " and " + (pairs.size() - 1) + " more" : "");
    }

    private static String kept(Program program, Survey survey) {
        List<Pin> pins = survey.pins(program.object());
        return pins.isEmpty()
                ? "held by "
                        + Phrases.list(survey.holders(program.object()).stream()
                                .map(Owner::label)
                                .toList())
                : "pinned " + Phrases.pins(pins);
    }
}
