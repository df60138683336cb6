package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Edits;
import bpfbay.model.Activity;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Changes from what {@link DeltaJson} wrote. Whether they are of that earlier picture is not known here. */
final class DeltaReader {
    private final Fields line;
    private final Notes notes;
    private final Optional<Fields> missing;
    private final MissingReader reasons;
    private final HolderReader holders;

    private DeltaReader(Fields line, Notes notes) {
        this.line = line;
        this.notes = notes;
        this.missing = line.fields("missing");
        this.reasons = new MissingReader(missing);
        this.holders = new HolderReader(line.list("processes"));
    }

    /** Fails with a {@link NotReadableException} where a change is not understood: no later one would fit. */
    static Delta read(Fields line, Activity before, Notes notes) {
        return new DeltaReader(line, notes).read(before);
    }

    private Delta read(Activity before) {
        notes.fields(Element.DELTA, line);
        AttachmentReader attachments = new AttachmentReader(reasons, notes);
        ObjectReader objects = new ObjectReader(reasons);
        return new Delta(
                line.needTime("taken_at"),
                line.duration("duration_ns").orElse(Duration.ZERO),
                edits("netns", Element.NAMESPACE, ObjectReader::namespace),
                edits("interfaces", Element.INTERFACE, objects::device),
                edits("attachments", Element.ATTACHMENT, attachments::read),
                edits("programs", Element.PROGRAM, objects::program),
                edits("links", Element.LINK, ObjectReader::link),
                edits("maps", Element.MAP, ObjectReader::map),
                edits("pins", Element.PIN, DeltaReader::pin),
                edits("cgroup_ids", step -> step.u64s("put")),
                owners(),
                slots(),
                ownership(),
                line.fields("activity").map(activity -> activity(activity, before)),
                own(),
                problems());
    }

    private <T> Edits<T> edits(String name, Element element, Function<Fields, T> reader) {
        return edits(name, step -> {
            List<T> items = new ArrayList<>();
            for (Fields item : step.list("put")) {
                notes.fields(element, item);
                items.add(reader.apply(item));
            }
            return items;
        });
    }

    private <T> Edits<T> edits(String name, Function<Fields, List<T>> put) {
        List<Edits.Step<T>> steps = new ArrayList<>();
        for (Fields step : line.list(name)) {
            if (step.has("keep")) {
                steps.add(new Edits.Step.Keep<>(step.needU32("keep")));
            } else if (step.has("drop")) {
                steps.add(new Edits.Step.Drop<>(step.needU32("drop")));
            } else {
                steps.add(new Edits.Step.Put<>(put.apply(step)));
            }
        }
        return new Edits<>(steps);
    }

    private static Pin pin(Fields fields) {
        return ObjectReader.pin(fields, ObjectReader.object(fields));
    }

    private Map<ObjectId, List<Owner>> owners() {
        Map<ObjectId, List<Owner>> owners = new HashMap<>();
        for (Fields object : line.list("owners")) {
            owners.put(ObjectReader.object(object), holders.owners(object));
        }
        return owners;
    }

    private Optional<Reading<Map<Integer, List<ObjectId>>>> slots() {
        Optional<Map<Integer, List<ObjectId>>> found = Optional.empty();
        if (line.has("slots")) {
            Map<Integer, List<ObjectId>> slots = new HashMap<>();
            line.list("slots").forEach(f -> slots.put(f.needU32("prog_id"), SnapshotReader.mapIds(f)));
            found = Optional.of(slots);
        }
        return changed(MissingJson.SLOTS, found);
    }

    private Optional<Reading<Relations.Scan>> ownership() {
        return changed(
                MissingJson.OWNERSHIP,
                line.text("ownership").flatMap(word -> OpenWords.constant(Relations.Scan.values(), word)));
    }

    /** Absent where the line has neither a value nor a reason. */
    private <T> Optional<Reading<T>> changed(String field, Optional<T> value) {
        boolean isChanged = value.isPresent()
                || missing.flatMap(reason -> reason.fields(field)).isPresent();
        return isChanged ? Optional.of(reasons.ofDocument(field, value)) : Optional.empty();
    }

    private Optional<Set<ObjectId>> own() {
        if (!line.has("own")) {
            return Optional.empty();
        }
        Set<ObjectId> own = new HashSet<>();
        line.list("own").forEach(object -> own.add(ObjectReader.object(object)));
        return Optional.of(own);
    }

    private Optional<List<Problem>> problems() {
        return line.has("problems")
                ? Optional.of(line.list("problems").stream()
                        .map(ObjectReader::problem)
                        .toList())
                : Optional.empty();
    }

    private static Activity activity(Fields fields, Activity before) {
        Optional<Instant> at = fields.time("counted_at");
        Map<Integer, RunCounts> counts = new HashMap<>(before.counts());
        Map<Integer, RunRate> rates = new HashMap<>(DeltaJson.aged(before.rates(), before.at(), at));
        for (Fields.Row row : fields.rows("runs")) {
            int id = row.u32(0);
            counts.put(id, new RunCounts(row.u64(1), row.u64(2)));
            OptionalDouble nsPerRun = row.size() > 4 ? OptionalDouble.of(row.real(4)) : OptionalDouble.empty();
            at.ifPresent(end -> rates.put(id, new RunRate(row.real(3), nsPerRun, end)));
        }
        for (Fields run : fields.list("odd_runs")) {
            int id = run.needU32("id");
            counts.remove(id);
            rates.remove(id);
            OptionalLong count = run.u64("run_count");
            if (count.isPresent()) {
                counts.put(id, new RunCounts(count.getAsLong(), run.needU64("run_time_ns")));
            }
            OptionalDouble perSecond = run.real("runs_per_second");
            Optional<Instant> end = run.time("rate_at").or(() -> at);
            if (perSecond.isPresent() && end.isPresent()) {
                rates.put(id, new RunRate(perSecond.getAsDouble(), run.real("ns_per_run"), end.get()));
            }
        }
        for (int gone : fields.u32s("gone")) {
            counts.remove(gone);
            rates.remove(gone);
        }
        return new Activity(
                OpenWords.constant(Activity.State.values(), fields.textOrEmpty("statistics"))
                        .orElse(Activity.State.OFF),
                counts,
                rates,
                fields.duration("window_ns"),
                at);
    }
}
