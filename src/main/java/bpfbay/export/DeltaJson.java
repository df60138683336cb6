package bpfbay.export;

import bpfbay.history.Delta;
import bpfbay.history.Edits;
import bpfbay.model.Activity;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one picture to the next, as a line of a capture: {@code bpfbay/delta/1}. What stayed is
 * absent. Elements are those of a snapshot, without what they only repeat.
 */
final class DeltaJson {
    static final String SCHEMA = "bpfbay/delta/1";

    private final Delta delta;
    private final Activity before;
    private final Json json;
    private final MissingJson missing;
    private final HolderTable holders;
    private final ObjectJson objects;
    private final AttachmentJson attachments;

    private DeltaJson(Snapshot before, Delta delta, Snapshot after, OutputStream out) {
        this.delta = delta;
        this.before = before.activity();
        this.json = new Json(out);
        this.missing = new MissingJson(json, put(delta.interfaces()), put(delta.attachments()), put(delta.programs()));
        delta.slots().ifPresent(slots -> missing.usual(MissingJson.SLOTS, slots));
        delta.ownership().ifPresent(ownership -> missing.usual(MissingJson.OWNERSHIP, ownership));
        this.holders = new HolderTable(delta.owners());
        this.objects = new ObjectJson(after, json, ObjectJson.Around.LEFT_OUT, missing, holders);
        this.attachments = new AttachmentJson(after, json, objects, ObjectJson.Around.LEFT_OUT, missing);
    }

    static void write(Snapshot before, Delta delta, Snapshot after, OutputStream out) {
        new DeltaJson(before, delta, after, out).write();
    }

    private void write() {
        json.object().put("schema", SCHEMA).put("taken_at", Words.exactTime(delta.takenAt()));
        json.put("duration_ns", delta.duration().toNanos());
        if (delta.ownership().isPresent() && delta.ownership().get() instanceof Reading.Value<Relations.Scan> scan) {
            json.put("ownership", scan.value().name().toLowerCase(Locale.ROOT));
        }
        missing.document();
        edits("netns", delta.namespaces(), n -> SnapshotJson.namespace(n, json));
        edits("interfaces", delta.interfaces(), d -> SnapshotJson.device(d, missing, json));
        edits("attachments", delta.attachments(), attachments::element);
        edits("programs", delta.programs(), objects::program);
        edits("links", delta.links(), objects::link);
        edits("maps", delta.maps(), objects::map);
        edits("pins", delta.pins(), this::pin);
        edits("cgroup_ids", delta.cgroups(), json::u64);
        owners();
        delta.slots().ifPresent(slots -> SnapshotJson.slots(slots, json));
        delta.activity().ifPresent(this::activity);
        delta.own().ifPresent(this::own);
        delta.problems().ifPresent(problems -> {
            json.array("problems");
            problems.forEach(problem -> SnapshotJson.problem(problem, json));
            json.end();
        });
        json.end().finish();
    }

    private static <T> List<T> put(Edits<T> edits) {
        List<T> put = new ArrayList<>();
        for (Edits.Step<T> step : edits.steps()) {
            if (step instanceof Edits.Step.Put<T> p) {
                put.addAll(p.items());
            }
        }
        return put;
    }

    private <T> void edits(String name, Edits<T> edits, Consumer<T> element) {
        if (edits.isEmpty()) {
            return;
        }
        json.array(name);
        for (Edits.Step<T> step : edits.steps()) {
            json.object();
            if (step instanceof Edits.Step.Keep<T> keep) {
                json.u32("keep", keep.count());
            } else if (step instanceof Edits.Step.Drop<T> drop) {
                json.u32("drop", drop.count());
            } else if (step instanceof Edits.Step.Put<T> p) {
                json.array("put");
                p.items().forEach(element);
                json.end();
            }
            json.end();
        }
        json.end();
    }

    private void pin(Pin pin) {
        json.object()
                .put("path", pin.path())
                .put("object", pin.object().kind().label())
                .u32("id", pin.object().id())
                .u64("inode", pin.inode())
                .put("mount", pin.mount())
                .end();
    }

    private void owners() {
        if (delta.owners().isEmpty()) {
            return;
        }
        holders.write(json);
        json.array("owners");
        for (Map.Entry<ObjectId, List<Owner>> entry : new TreeMap<>(delta.owners()).entrySet()) {
            object(entry.getKey());
            objects.owners(entry.getValue());
            json.end();
        }
        json.end();
    }

    private void own(Set<ObjectId> own) {
        json.array("own");
        for (ObjectId object : new TreeSet<>(own)) {
            object(object);
            json.end();
        }
        json.end();
    }

    private void object(ObjectId object) {
        json.object().put("object", object.kind().label()).u32("id", object.id());
    }

    /** What differs from the last counts, if its rates had only aged. */
    private void activity(Activity now) {
        json.object("activity");
        SnapshotJson.counting(now, json);
        Map<Integer, RunRate> aged = aged(before.rates(), before.at(), now.at());
        Set<Integer> ids = new TreeSet<>(now.counts().keySet());
        ids.addAll(now.rates().keySet());
        Set<Integer> gone = new HashSet<>(before.counts().keySet());
        gone.addAll(before.rates().keySet());
        gone.removeAll(ids);
        List<Integer> odd = new ArrayList<>();
        json.array("runs");
        for (int id : ids) {
            RunCounts counts = now.counts().get(id);
            RunRate rate = now.rates().get(id);
            boolean isSame = Objects.equals(counts, before.counts().get(id)) && Objects.equals(rate, aged.get(id));
            boolean isOdd = counts == null || rate == null || !now.at().equals(Optional.of(rate.at()));
            if (!isSame && isOdd) {
                odd.add(id);
            } else if (!isSame && counts != null && rate != null) {
                row(id, counts, rate);
            }
        }
        json.end();
        if (!odd.isEmpty()) {
            json.array("odd_runs");
            odd.forEach(id -> run(id, now.counts().get(id), now.rates().get(id), now));
            json.end();
        }
        if (!gone.isEmpty()) {
            json.array("gone");
            new TreeSet<>(gone).forEach(json::element);
            json.end();
        }
        json.end();
    }

    /** Id, runs, nanoseconds, runs per second, nanoseconds a run: there are thousands, every few seconds. */
    private void row(int id, RunCounts counts, RunRate rate) {
        json.array().element(id).u64(counts.runCount()).u64(counts.runTimeNs()).real(rate.runsPerSecond());
        if (rate.nsPerRun().isPresent()) {
            json.real(rate.nsPerRun().getAsDouble());
        }
        json.end();
    }

    private void run(int id, @Nullable RunCounts counts, @Nullable RunRate rate, Activity now) {
        json.object().u32("id", id);
        if (counts != null) {
            json.u64("run_count", counts.runCount()).u64("run_time_ns", counts.runTimeNs());
        }
        if (rate != null) {
            ObjectJson.rate(rate, now, json);
        }
        json.end();
    }

    /** Rates of the last window are those of this one where they are the same numbers: then only the time differs. */
    static Map<Integer, RunRate> aged(Map<Integer, RunRate> rates, Optional<Instant> before, Optional<Instant> now) {
        if (before.equals(now) || before.isEmpty() || now.isEmpty()) {
            return rates;
        }
        Map<Integer, RunRate> aged = new HashMap<>();
        rates.forEach((id, rate) -> aged.put(
                id,
                rate.at().equals(before.get()) ? new RunRate(rate.runsPerSecond(), rate.nsPerRun(), now.get()) : rate));
        return aged;
    }
}
