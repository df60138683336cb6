package bpfbay.export;

import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.BpfMap;
import bpfbay.model.Host;
import bpfbay.model.Link;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.RunCounts;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/*
 * Two passes: what the whole document shares (processes, usual reasons) may stand behind the elements that
 * need it, as after a sort of the keys. Nothing else is kept beside the picture being made.
 */
/**
 * Reads {@code bpfbay/snapshot/1} back, without loss. A newer one is read as far as it is known: what is not
 * understood is left out and said.
 */
public final class SnapshotReader {
    private static final String FAMILY = "bpfbay/snapshot/";

    /** A number of milliseconds that is one of nanoseconds too. */
    private static final long MOST_DURATION = Long.MAX_VALUE / 1_000_000;

    private final Broken broken;
    private final Notes notes;
    private final MissingReader missing;
    private final HolderReader holders;
    private final AttachmentReader attachmentReader;
    private final ObjectReader objectReader;
    private Optional<Host> host = Optional.empty();
    private Optional<Instant> takenAt = Optional.empty();
    private Duration duration = Duration.ZERO;
    private Activity.State counting = Activity.State.OFF;
    private Optional<Duration> window = Optional.empty();
    private Optional<Instant> countedAt = Optional.empty();
    private Optional<Relations.Scan> scan = Optional.empty();
    private Optional<Map<Integer, List<ObjectId>>> slots = Optional.empty();
    private final List<NetNamespace> namespaces = new ArrayList<>();
    private final List<NetInterface> interfaces = new ArrayList<>();
    private final List<Attachment> attachments = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<BpfMap> maps = new ArrayList<>();
    private final List<Pin> pins = new ArrayList<>();
    private final List<Long> cgroups = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<ObjectId, List<Owner>> owners = new HashMap<>();
    private final Set<ObjectId> own = new HashSet<>();
    private final Map<Integer, RunCounts> counts = new HashMap<>();
    private final Map<Integer, Rate> rates = new HashMap<>();

    /** A rate whose moment is that of the whole document unless it has its own. */
    private record Rate(double runsPerSecond, OptionalDouble nsPerRun, Optional<Instant> at) {}

    /**
     * A picture and what was not understood of it.
     *
     * @param notes one line each; empty where all was understood
     */
    public record Read(Snapshot snapshot, List<String> notes) {
        public Read {
            notes = List.copyOf(notes);
        }
    }

    private SnapshotReader(Head head, Broken broken, Notes notes) {
        this.broken = broken;
        this.notes = notes;
        this.missing = new MissingReader(head.missing);
        this.holders = new HolderReader(head.processes);
        this.attachmentReader = new AttachmentReader(missing, notes);
        this.objectReader = new ObjectReader(missing);
    }

    /** The picture of a document; fails with a {@link NotReadableException}. */
    public static Read read(byte[] document) {
        Notes notes = new Notes();
        return new Read(read(new JsonText(document), Broken.LEFT_OUT, notes), notes.lines());
    }

    /** Whether the document says that it is a snapshot, whatever else is wrong with it. */
    public static boolean isSnapshot(byte[] document) {
        try {
            return new JsonText(document).schema().startsWith(FAMILY);
        } catch (NotReadableException e) {
            return false;
        }
    }

    /** What is done with an element that is not understood. */
    enum Broken {
        LEFT_OUT,
        /** The picture fails: changes are told by the places in its lists. */
        REFUSED
    }

    static Snapshot read(JsonText text, Broken broken, Notes notes) {
        SnapshotReader reader = new SnapshotReader(text.read(Head::read), broken, notes);
        return text.read(reader::document);
    }

    /** What elements refer to. */
    private static final class Head {
        private Optional<Fields> missing = Optional.empty();
        private List<Fields> processes = List.of();

        static Head read(JsonReader in) throws IOException {
            Head head = new Head();
            in.beginObject();
            while (in.hasNext()) {
                switch (in.nextName()) {
                    case "missing" -> head.missing = Optional.of(Fields.read(in));
                    case "processes" -> {
                        List<Fields> processes = new ArrayList<>();
                        in.beginArray();
                        while (in.hasNext()) {
                            processes.add(Fields.read(in));
                        }
                        in.endArray();
                        head.processes = processes;
                        if (head.missing.isPresent()) {
                            return head;
                        }
                    }
                    default -> in.skipValue();
                }
            }
            return head;
        }
    }

    private Snapshot document(JsonReader in) throws IOException {
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!head(name, in)) {
                lists(name, in);
            }
        }
        in.endObject();
        JsonText.end(in);
        return snapshot();
    }

    private boolean head(String name, JsonReader in) throws IOException {
        switch (name) {
            case "schema" -> schema(in.nextString(), FAMILY, notes);
            case "host" -> host = Optional.of(host(Fields.read(in), notes));
            case "taken_at" -> takenAt = Optional.of(time(name, in.nextString()));
            case "duration_ms" -> {
                Duration told = Duration.ofMillis(nonNegative(name, in.nextLong()));
                duration = duration.isZero() ? told : duration;
            }
            case "duration_ns" -> duration = Duration.ofNanos(nonNegative(name, in.nextLong()));
            case "statistics" -> counting = counting(in.nextString());
            case "window_ns" -> window = Optional.of(Duration.ofNanos(nonNegative(name, in.nextLong())));
            case "counted_at" -> countedAt = Optional.of(time(name, in.nextString()));
            case "ownership" -> scan = OpenWords.constant(Relations.Scan.values(), in.nextString());
            case "missing", "processes" -> in.skipValue();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void lists(String name, JsonReader in) throws IOException {
        switch (name) {
            case "netns" -> list(in, Element.NAMESPACE, f -> namespaces.add(ObjectReader.namespace(f)));
            case "interfaces" -> list(in, Element.INTERFACE, f -> interfaces.add(objectReader.device(f)));
            case "attachments" -> list(in, Element.ATTACHMENT, f -> attachments.add(attachmentReader.read(f)));
            case "programs" -> list(in, Element.PROGRAM, this::program);
            case "links" -> list(in, Element.LINK, this::link);
            case "maps" -> list(in, Element.MAP, this::map);
            case "unlisted" -> list(in, Element.UNLISTED, f -> around(ObjectReader.object(f), f));
            case "cgroup_ids" -> cgroups(in);
            case "slots" -> slots(in);
            case "problems" -> list(in, Element.PROBLEM, f -> problems.add(ObjectReader.problem(f)));
            default -> {
                notes.unknown(name);
                in.skipValue();
            }
        }
    }

    private void program(Fields fields) {
        Program program = objectReader.program(fields);
        around(program.object(), fields);
        programs.add(program);
    }

    private void link(Fields fields) {
        Link link = ObjectReader.link(fields);
        around(link.object(), fields);
        links.add(link);
    }

    private void map(Fields fields) {
        BpfMap map = ObjectReader.map(fields);
        around(map.object(), fields);
        maps.add(map);
    }

    /** Who holds it, what pins it, and how often it ran. */
    private void around(ObjectId object, Fields fields) {
        List<Owner> there = holders.owners(fields);
        if (!there.isEmpty()) {
            owners.put(object, there);
        }
        pins.addAll(ObjectReader.pins(fields, object));
        if (fields.flag("own")) {
            own.add(object);
        }
        OptionalLong runs = fields.u64("run_count");
        if (runs.isPresent()) {
            counts.put(object.id(), new RunCounts(runs.getAsLong(), fields.needU64("run_time_ns")));
        }
        OptionalDouble perSecond = fields.real("runs_per_second");
        if (perSecond.isPresent()) {
            rates.put(
                    object.id(), new Rate(perSecond.getAsDouble(), fields.real("ns_per_run"), fields.time("rate_at")));
        }
    }

    private void cgroups(JsonReader in) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            String id = in.nextString();
            try {
                cgroups.add(Fields.u64("cgroup_ids", id));
            } catch (NotReadableException e) {
                refuse("cgroup_ids", e);
            }
        }
        in.endArray();
    }

    private void slots(JsonReader in) throws IOException {
        Map<Integer, List<ObjectId>> found = new HashMap<>();
        list(in, Element.SLOTS, f -> found.put(f.needU32("prog_id"), mapIds(f)));
        slots = Optional.of(found);
    }

    static List<ObjectId> mapIds(Fields fields) {
        return fields.u32s("map_ids").stream().map(ObjectId::map).toList();
    }

    private void list(JsonReader in, Element element, Consumer<Fields> use) throws IOException {
        in.beginArray();
        while (in.hasNext()) {
            Fields fields = Fields.read(in);
            notes.fields(element, fields);
            try {
                use.accept(fields);
            } catch (NotReadableException e) {
                refuse(element.label(), e);
            }
        }
        in.endArray();
    }

    private void refuse(String list, NotReadableException element) {
        if (broken == Broken.REFUSED) {
            throw new NotReadableException(list + ": " + element.getMessage());
        }
        notes.leftOut(list, String.valueOf(element.getMessage()));
    }

    private Snapshot snapshot() {
        pins.sort(Comparator.comparing(Pin::path));
        Reading<Relations.Scan> ownership = missing.ofDocument(MissingJson.OWNERSHIP, scan);
        return new Snapshot(
                host.orElseThrow(() -> Fields.absent("host")),
                takenAt.orElseThrow(() -> Fields.absent("taken_at")),
                duration,
                namespaces,
                interfaces,
                attachments,
                programs,
                links,
                maps,
                pins,
                cgroups,
                Relations.of(
                        attachments,
                        programs,
                        links,
                        maps,
                        pins,
                        owners,
                        missing.ofDocument(MissingJson.SLOTS, slots),
                        ownership),
                activity(),
                own,
                problems);
    }

    private Activity activity() {
        Map<Integer, RunRate> made = new HashMap<>();
        rates.forEach((id, rate) -> rate.at()
                .or(() -> countedAt)
                .ifPresent(at -> made.put(id, new RunRate(rate.runsPerSecond(), rate.nsPerRun(), at))));
        return new Activity(counting, counts, made, window, countedAt);
    }

    /** Notes a schema that is newer; fails where the document is no such thing at all. */
    static void schema(String schema, String family, Notes notes) {
        if (!schema.startsWith(family)) {
            throw new NotReadableException("the schema is '" + schema + "', not " + family + "1");
        } else if (!schema.equals(family + "1")) {
            notes.say("made by a newer bpfbay (" + schema + "): read as far as it is known here");
        }
    }

    static Host host(Fields fields, Notes notes) {
        notes.fields(Element.HOST, fields);
        return new Host(
                fields.textOrEmpty("name"),
                fields.textOrEmpty("kernel"),
                fields.textOrEmpty("libbpf"),
                fields.textOrEmpty("boot_id"));
    }

    private Activity.State counting(String word) {
        Optional<Activity.State> known = OpenWords.constant(Activity.State.values(), word);
        if (known.isEmpty()) {
            notes.say("'statistics' is not understood: counts are taken as off");
        }
        return known.orElse(Activity.State.OFF);
    }

    private static Instant time(String name, String text) {
        return Fields.time(name, text);
    }

    private static long nonNegative(String name, long number) {
        if (number < 0 || number > MOST_DURATION) {
            throw Fields.wrong(name, "a time");
        }
        return number;
    }
}
