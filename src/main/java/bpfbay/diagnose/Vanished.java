package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetNamespace;
import bpfbay.model.Place;
import bpfbay.model.Places;
import bpfbay.model.Program;
import bpfbay.model.ShellQuote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** An attachment is gone, and what it was attached to is not. */
final class Vanished implements Rule {
    /** It cannot be removed. */
    private static final String ROOT = "/";

    /** What went together. */
    private record Sort(String hook, String name, Set<String> agents) {}

    /** Whether what it was attached to is still there. */
    private enum Footing {
        STANDS,
        GONE,
        NOT_KNOWN
    }

    @Override
    public Code code() {
        return Code.VANISHED;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.CGROUPS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        Map<Sort, List<Occurrence>> gone = new LinkedHashMap<>();
        int unknown = 0;
        for (Occurrence occurrence : gone(survey)) {
            Place place = Chronology.place(occurrence).orElseThrow();
            State was = occurrence.before().orElseThrow();
            Footing footing = footing(place, was, survey);
            if (footing == Footing.NOT_KNOWN) {
                unknown++;
            } else if (footing == Footing.STANDS && !isBack(place, was, survey)) {
                gone.computeIfAbsent(
                                new Sort(place.hook(), was.progName(), Chronology.agents(was)), s -> new ArrayList<>())
                        .add(occurrence);
            }
        }
        List<NotEvaluated> notEvaluated = new ArrayList<>(Chronology.blind(code(), survey.scene()));
        if (unknown > 0) {
            notEvaluated.add(NotJudged.of(
                    code(),
                    "whether the cgroups of " + Phrases.count(unknown, "attachment")
                            + " are still there is not known"));
        }
        return new Diagnosis(
                gone.values().stream().map(there -> finding(there, survey)).toList(), notEvaluated);
    }

    /** Attachments that stood for a while and went by no doing of bpfbay's, as far as nothing came of them since. */
    private static List<Occurrence> gone(Survey survey) {
        Map<Identity, Occurrence> gone = new LinkedHashMap<>();
        Map<Identity, Instant> since = new HashMap<>();
        for (Occurrence occurrence : survey.scene().past()) {
            if (Chronology.place(occurrence).isEmpty() || occurrence.kind() == Kind.REORDERED) {
                continue;
            }
            Identity identity = occurrence.subject().identity();
            gone.remove(identity);
            if (occurrence.kind() != Kind.DETACHED) {
                since.putIfAbsent(identity, occurrence.at());
            } else {
                Instant attached = since.getOrDefault(identity, Instant.MIN);
                since.remove(identity);
                if (!Chronology.isOurs(occurrence)
                        && !survey.scene().isYoung(occurrence.at())
                        && attached.isBefore(
                                occurrence.at().minus(survey.scene().holdDown()))) {
                    gone.put(identity, occurrence);
                }
            }
        }
        return List.copyOf(gone.values());
    }

    private static Footing footing(Place place, State was, Survey survey) {
        Optional<Device> device = Places.device(place);
        if (device.isPresent()) {
            return survey.device(device.get()).isPresent()
                            && isThere(device.get().netns(), was.netnsCookie(), survey)
                    ? Footing.STANDS
                    : Footing.GONE;
        } else if (place instanceof Place.Cgroup cgroup) {
            return footing(cgroup, survey);
        } else if (place instanceof Place.NetnsHook hook) {
            return isThere(hook.netns(), was.netnsCookie(), survey) ? Footing.STANDS : Footing.GONE;
        }
        return Footing.GONE;
    }

    private static Footing footing(Place.Cgroup cgroup, Survey survey) {
        if (cgroup.path().equals(ROOT)) {
            return Footing.STANDS;
        }
        List<Long> there = survey.now().cgroups();
        if (!there.isEmpty()) {
            return Collections.binarySearch(there, cgroup.id()) >= 0 ? Footing.STANDS : Footing.GONE;
        }
        return survey.attachments().stream()
                        .anyMatch(a -> a.place() instanceof Place.Cgroup other && other.id() == cgroup.id())
                ? Footing.STANDS
                : Footing.NOT_KNOWN;
    }

    /** Inodes of namespaces come round again. */
    private static boolean isThere(long inode, OptionalLong cookie, Survey survey) {
        Optional<NetNamespace> netns = survey.now().namespaces().stream()
                .filter(namespace -> namespace.inode() == inode)
                .findFirst();
        return netns.isPresent()
                && (cookie.isEmpty()
                        || netns.get().cookie().isEmpty()
                        || cookie.equals(netns.get().cookie()));
    }

    /** Whether a program of that name is there again, on whichever hook of the same device or cgroup. */
    private static boolean isBack(Place place, State was, Survey survey) {
        return survey.attachments().stream()
                .filter(attachment -> isSameFooting(attachment.place(), place))
                .anyMatch(attachment -> survey.program(attachment)
                        .filter(program -> isAgain(program, was))
                        .isPresent());
    }

    /** A runtime attaches a container's new rules, which have no name, beside the old ones before it takes those off. */
    private static boolean isAgain(Program program, State was) {
        return program.name().equals(was.progName())
                && (!was.progName().isEmpty()
                        || program.tag().equals(was.tag())
                        || was.program()
                                .filter(old -> program.type().equals(old.type())
                                        && program.loadedAt().isAfter(old.loadedAt()))
                                .isPresent());
    }

    private static boolean isSameFooting(Place now, Place before) {
        Optional<Device> device = Places.device(before);
        if (device.isPresent()) {
            return Places.device(now)
                    .filter(there -> there.netns() == device.get().netns()
                            && there.ifindex() == device.get().ifindex())
                    .isPresent();
        }
        return (now instanceof Place.Cgroup a && before instanceof Place.Cgroup b)
                ? a.id() == b.id() && a.attachType().equals(b.attachType())
                : now.equals(before);
    }

    private static Finding finding(List<Occurrence> all, Survey survey) {
        Occurrence first = all.get(0);
        State was = first.before().orElseThrow();
        List<String> refs = all.stream().map(Vanished::ref).toList();
        List<String> evidence = all.stream()
                .map(occurrence -> ref(occurrence) + " had "
                        + Chronology.facts(occurrence.before().orElseThrow()) + ", gone " + occurrence.at())
                .toList();
        return new Finding(
                Code.VANISHED,
                Severity.WARNING,
                refs,
                all.stream().map(occurrence -> occurrence.subject().identity()).collect(Collectors.toSet()),
                all.stream()
                        .flatMap(occurrence -> occurrence.before().orElseThrow().progId().stream()
                                .boxed())
                        .distinct()
                        .toList(),
                Chronology.named(was) + " is gone from " + Phrases.list(refs) + " "
                        + Chronology.when(first, survey.takenAt())
                        + (was.owners().isEmpty()
                                ? ""
                                : "; " + was.owners().get(0).label() + " stood behind it"),
                evidence,
                look(first, was, survey));
    }

    private static String ref(Occurrence occurrence) {
        return occurrence.before().flatMap(State::ref).orElseGet(() -> ((Occurrence.Subject.Place) occurrence.subject())
                .ref());
    }

    private static String look(Occurrence occurrence, State was, Survey survey) {
        Place place = Chronology.place(occurrence).orElseThrow();
        Optional<Attachment> neighbour = survey.attachments().stream()
                .filter(attachment -> isSameFooting(attachment.place(), place))
                .findFirst();
        if (was.progId().isPresent()
                && survey.now().program(was.progId().getAsInt()).isPresent()) {
            return Phrases.show(
                    survey.now().program(was.progId().getAsInt()).get().object());
        } else if (neighbour.isPresent()) {
            return Phrases.show(neighbour.get());
        } else if (place instanceof Place.Cgroup cgroup) {
            return "bpftool cgroup show " + ShellQuote.cgroup(cgroup.path());
        }
        return Places.device(place)
                .flatMap(survey::device)
                .map(device -> "bpfbay path " + ShellQuote.quote(Phrases.device(device, survey)))
                .orElse("bpfbay snapshot");
    }
}
