package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/*
 * Builds made for one interface each, with its address or number in them, are no versions: they show by
 * there being almost as many builds as interfaces. With two interfaces that proves nothing, so there the code
 * must differ, and not be that of two endpoints of one container network.
 */
/** A rollout came only so far: some interfaces run another build than the rest. */
final class VersionSkew implements Sorting<List<Program>, ObjectId, Diagnosis> {
    /** Hooks that do the same on different devices. */
    private record Like(String hook, Object side) {}

    private record Numbered(long netns, int ifindex) {}

    /** Where one build stands. */
    private static final class Build {
        private final Set<Numbered> devices = new LinkedHashSet<>();
        private final List<Attachment> attachments = new ArrayList<>();
        private final List<Program> programs = new ArrayList<>();

        Instant latest() {
            return programs.stream()
                    .map(Program::loadedAt)
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.EPOCH);
        }

        Program program() {
            return programs.get(programs.size() - 1);
        }
    }

    @Override
    public Code code() {
        return Code.VERSION_SKEW;
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
    @SuppressWarnings("ReferenceEquality")
    public boolean isShaken(Survey before, Survey after) {
        return before.now().interfaces() != after.now().interfaces();
    }

    @Override
    public List<Case<ObjectId, Diagnosis>> look(List<Program> namesakes, Survey survey) {
        if (!mayDiffer(namesakes)) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        Set<NotEvaluated> notEvaluated = new LinkedHashSet<>();
        for (Map<String, Build> builds : builds(namesakes, survey, notEvaluated).values()) {
            skew(List.copyOf(builds.values()), survey).ifPresent(findings::add);
        }
        return findings.isEmpty() && notEvaluated.isEmpty()
                ? List.of()
                : List.of(new Case<>(namesakes.get(0).object(), new Diagnosis(findings, List.copyOf(notEvaluated))));
    }

    @Override
    public Diagnosis tell(ObjectId first, List<Diagnosis> skews, Survey survey) {
        return skews.get(0);
    }

    private static boolean mayDiffer(List<Program> namesakes) {
        Optional<String> first = namesakes.get(0).fingerprint().found();
        return first.isEmpty()
                || namesakes.stream()
                        .anyMatch(program -> !first.equals(program.fingerprint().found()));
    }

    private Map<Like, Map<String, Build>> builds(
            List<Program> namesakes, Survey survey, Set<NotEvaluated> notEvaluated) {
        Map<Like, Map<String, Build>> builds = new LinkedHashMap<>();
        for (Program program : namesakes) {
            List<Attachment> there = survey.attachments(program);
            if (there.isEmpty() || survey.isYoung(program)) {
                continue;
            }
            if (program.fingerprint().found().isEmpty()) {
                notEvaluated.add(NotJudged.of(
                        code(), "the build of " + Phrases.named(program) + " is not known", program.fingerprint()));
                continue;
            }
            String key = survey.kinship().buildKey(program);
            for (Attachment attachment : there) {
                Optional<Device> device = Places.device(attachment.place());
                if (device.isPresent() && !survey.isYoung(attachment)) {
                    Build build = builds.computeIfAbsent(like(attachment.place()), l -> new LinkedHashMap<>())
                            .computeIfAbsent(key, k -> new Build());
                    build.devices.add(
                            new Numbered(device.get().netns(), device.get().ifindex()));
                    build.attachments.add(attachment);
                    if (build.programs.isEmpty() || build.program().id() != program.id()) {
                        build.programs.add(program);
                    }
                }
            }
        }
        return builds;
    }

    private static Like like(Place place) {
        if (place instanceof Place.Tcx p) {
            return new Like(p.hook(), p.direction());
        } else if (place instanceof Place.Tc p) {
            return new Like(p.hook(), p.parent());
        } else if (place instanceof Place.Netkit p) {
            return new Like(p.hook(), p.attachType());
        }
        return new Like(place.hook(), "");
    }

    private Optional<Finding> skew(List<Build> builds, Survey survey) {
        if (builds.size() < 2) {
            return Optional.empty();
        }
        Build main = builds.stream()
                .max(Comparator.comparing((Build build) -> build.devices.size()).thenComparing(Build::latest))
                .orElseThrow();
        Set<Numbered> devices = new HashSet<>();
        builds.forEach(build -> devices.addAll(build.devices));
        List<Build> odd = builds.stream()
                .filter(build -> build != main)
                .filter(build -> survey.kinship().areKin(build.program(), main.program()))
                .filter(build -> build.devices.stream().anyMatch(device -> !main.devices.contains(device)))
                .toList();
        if (odd.isEmpty() || isMadeForEach(builds, devices, survey)) {
            return Optional.empty();
        }
        return Optional.of(finding(main, odd, devices.size(), survey));
    }

    private static boolean isMadeForEach(List<Build> builds, Set<Numbered> devices, Survey survey) {
        if (devices.size() == 2) {
            Program one = builds.get(0).program();
            Program other = builds.get(1).program();
            return survey.kinship().isOneCode(one, other)
                    || (survey.kinship().haveSharedMap(one, other)
                            && devices.stream().allMatch(device -> isEndpoint(device, survey)));
        }
        return 2 * builds.size() > devices.size() + 2;
    }

    /** Of a pair of devices whose other one is elsewhere, as in a container. */
    private static boolean isEndpoint(Numbered number, Survey survey) {
        Optional<NetInterface> device = survey.device(new Device(number.netns(), number.ifindex(), ""));
        boolean isOfPair = device.flatMap(NetInterface::kind)
                .filter(kind -> kind.equals("veth") || kind.equals("netkit"))
                .isPresent();
        return isOfPair
                && device.get().peer().stream()
                        .mapToObj(peer -> survey.device(new Device(number.netns(), peer, "")))
                        .flatMap(Optional::stream)
                        .noneMatch(peer -> peer.kind().equals(device.get().kind())
                                && peer.peer().stream().anyMatch(back -> back == number.ifindex()));
    }

    private static Finding finding(Build main, List<Build> odd, int devices, Survey survey) {
        List<Attachment> minority = odd.stream()
                .flatMap(build -> build.attachments.stream())
                .filter(a -> Places.device(a.place())
                        .filter(d -> main.devices.contains(new Numbered(d.netns(), d.ifindex())))
                        .isEmpty())
                .toList();
        Program common = main.program();
        List<String> evidence = new ArrayList<>();
        evidence.add(Phrases.count(main.devices.size(), "interface") + " run " + Phrases.facts(common));
        for (Build build : odd) {
            evidence.add(Phrases.refs(build.attachments)
                    + (build.attachments.size() == 1 ? " runs " : " run ")
                    + Phrases.facts(build.program()));
            if (survey.kinship().isOneCode(build.program(), common)) {
                evidence.add("code, maps and functions are equal: the builds differ in constants alone");
            }
        }
        Program other = odd.get(0).program();
        return new Finding(
                Code.VERSION_SKEW,
                Severity.WARNING,
                minority.stream().map(Attachment::ref).toList(),
                minority.stream().map(Identity::of).collect(Collectors.toSet()),
                Stream.concat(odd.stream(), Stream.of(main))
                        .map(build -> build.program().id())
                        .toList(),
                "another build of " + common.name() + " on " + Phrases.refs(minority) + ": "
                        + Phrases.told(other, survey.takenAt()) + ", while " + main.devices.size() + " of " + devices
                        + " interfaces run " + Phrases.id(common.id()) + " (" + common.shortTag() + ", loaded "
                        + Phrases.moment(common.loadedAt(), survey.takenAt()) + ")",
                evidence,
                Phrases.swapOnly(minority, common));
    }
}
