package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Pin;
import bpfbay.model.Places;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/*
 * XDP and tcx go along with a device, the filters of clsact do not. In the namespace that it left its number
 * may be another device's, and libxdp's folders are named by numbers alone.
 */
/** An interface is in another namespace than it was, or a pin's path names another one. */
final class MovedDevice implements Rule {
    private static final Pattern DISPATCHER =
            Pattern.compile(".*/xdp/dispatch-([0-9]{1,10})-([0-9]{1,10})/[^/]*", Pattern.DOTALL);

    @Override
    public Code code() {
        return Code.MOVED_DEVICE;
    }

    @Override
    public Set<Input> inputs() {
        return Set.of(Input.OBJECTS, Input.PAST);
    }

    @Override
    public Diagnosis judge(Survey survey) {
        List<Finding> findings = new ArrayList<>();
        moved(survey).values().forEach(all -> findings.add(finding(all, survey)));
        misnamed(survey).forEach((folder, attachment) -> findings.add(finding(folder, attachment, survey)));
        List<NotEvaluated> blind = Chronology.blind(code(), survey.scene());
        return new Diagnosis(findings, blind);
    }

    /** Occurrences that brought what is there now from another namespace, by the device it is on. */
    private static Map<Device, List<Occurrence>> moved(Survey survey) {
        Map<Identity, Occurrence> latest = new LinkedHashMap<>();
        Map<Integer, Instant> attached = new HashMap<>();
        for (Occurrence occurrence : survey.scene().past()) {
            if (Chronology.place(occurrence).isEmpty()) {
                continue;
            }
            State state = occurrence.after().or(occurrence::before).orElseThrow();
            if (occurrence.kind() == Kind.ATTACHED && state.progId().isPresent()) {
                attached.put(state.progId().getAsInt(), occurrence.at());
            } else if (occurrence.kind() == Kind.MOVED && isMove(occurrence, attached, survey)) {
                latest.put(occurrence.subject().identity(), occurrence);
            }
        }
        Map<Device, List<Occurrence>> byDevice = new LinkedHashMap<>();
        latest.forEach((identity, occurrence) -> Chronology.present(
                        identity, occurrence.after().orElseThrow(), survey)
                .flatMap(attachment -> Places.device(attachment.place()))
                .ifPresent(device ->
                        byDevice.computeIfAbsent(device, d -> new ArrayList<>()).add(occurrence)));
        return byDevice;
    }

    /** A container network makes a device here and hands it to its container at once. */
    private static boolean isMove(Occurrence occurrence, Map<Integer, Instant> attached, Survey survey) {
        State after = occurrence.after().orElseThrow();
        Instant since = after.progId().isPresent()
                ? attached.getOrDefault(after.progId().getAsInt(), Instant.MIN)
                : Instant.MIN;
        return !survey.scene().isYoung(occurrence.at())
                && since.isBefore(occurrence.at().minus(survey.scene().holdDown()))
                && !Chronology.isOurs(occurrence)
                && !after.ref().equals(occurrence.before().flatMap(State::ref));
    }

    private static Finding finding(List<Occurrence> all, Survey survey) {
        Occurrence first = all.get(0);
        List<String> refs = all.stream()
                .map(occurrence -> occurrence.after().flatMap(State::ref).orElse(""))
                .toList();
        Set<Identity> rows = new HashSet<>();
        List<Integer> ids = new ArrayList<>();
        List<String> evidence = new ArrayList<>();
        for (Occurrence occurrence : all) {
            State after = occurrence.after().orElseThrow();
            rows.add(occurrence.subject().identity());
            after.progId().ifPresent(ids::add);
            evidence.add(from(occurrence) + " is " + after.ref().orElse("") + " since " + occurrence.at() + ", with "
                    + Chronology.facts(after));
        }
        evidence.add("filters of clsact do not go along with a device");
        return new Finding(
                Code.MOVED_DEVICE,
                Severity.WARNING,
                refs,
                rows,
                ids.stream().distinct().toList(),
                from(first) + " moved to " + refs.get(0) + " " + Chronology.when(first, survey.takenAt())
                        + (all.size() > 1 ? ", with " + Phrases.count(all.size() - 1, "more attachment") : "")
                        + "; it keeps " + Chronology.named(first.after().orElseThrow()),
                evidence,
                Phrases.show(Chronology.present(
                                first.subject().identity(), first.after().orElseThrow(), survey)
                        .orElseThrow()));
    }

    private static String from(Occurrence occurrence) {
        return occurrence.before().flatMap(State::ref).orElse("it");
    }

    /** A folder of libxdp's that is named after another number than that of the dispatcher's device. */
    private static Map<Pin, Attachment> misnamed(Survey survey) {
        Map<Pin, Attachment> misnamed = new LinkedHashMap<>();
        for (Pin pin : survey.pinned().dispatchers().values()) {
            Matcher named = DISPATCHER.matcher(pin.path());
            if (named.matches()) {
                elsewhere(Long.parseLong(named.group(1)), (int) Long.parseLong(named.group(2)), survey)
                        .ifPresent(attachment -> misnamed.put(pin, attachment));
            }
        }
        return misnamed;
    }

    private static Optional<Attachment> elsewhere(long ifindex, int dispatcher, Survey survey) {
        Optional<Program> program = survey.now()
                .program(dispatcher)
                .filter(there -> there.type().equals(ProgType.XDP) && !survey.isYoung(there));
        List<Attachment> there = program.map(survey::attachments).orElse(List.of());
        boolean isElsewhere = !there.isEmpty()
                && there.stream().allMatch(attachment -> Places.device(attachment.place())
                        .filter(device -> Integer.toUnsignedLong(device.ifindex()) != ifindex)
                        .isPresent());
        return isElsewhere ? Optional.of(there.get(0)) : Optional.empty();
    }

    private static Finding finding(Pin pin, Attachment attachment, Survey survey) {
        Device device = Places.device(attachment.place()).orElseThrow();
        Program dispatcher = survey.program(attachment).orElseThrow();
        String folder = Phrases.folder(pin.path());
        return new Finding(
                Code.MOVED_DEVICE,
                Severity.WARNING,
                List.of(attachment.ref()),
                Set.of(Identity.of(attachment), Identity.of(pin)),
                List.of(dispatcher.id()),
                folder + " names another interface than the one that runs " + Phrases.named(dispatcher) + ": "
                        + attachment.ref() + " has number " + Integer.toUnsignedString(device.ifindex()),
                List.of(
                        attachment.ref() + ": " + Phrases.facts(dispatcher),
                        "libxdp finds the components of a device by its number, in whichever namespace that is"),
                Phrases.show(attachment));
    }
}
