package bpfbay.diagnose;

import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Activity;
import bpfbay.model.AttachTarget;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.Owner;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.RunRate;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Hosts and histories of which rules are asked. The pictures are of 22:51:07Z, long after all that is loaded. */
final class Fixture {
    static final long NETNS = 1000;
    static final Instant NOW = SnapshotBuilder.TAKEN_AT;
    static final Duration HOLD_DOWN = Duration.ofSeconds(10);

    private Fixture() {}

    /** With devices eth0 to eth3, of numbers 2 to 5. */
    static SnapshotBuilder host() {
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(NETNS).device(NETNS, 1, "lo");
        for (int i = 0; i < 4; i++) {
            host.device(NETNS, 2 + i, "eth" + i);
        }
        return host;
    }

    static Device eth(int number) {
        return new Device(NETNS, 2 + number, "eth" + number);
    }

    static Place xdp(int number) {
        return new Place.Xdp(eth(number), XdpMode.NATIVE);
    }

    static Place tcx(int number) {
        return new Place.Tcx(eth(number), Direction.INGRESS);
    }

    static Place tc(int number) {
        return new Place.Tc(eth(number), TcParent.INGRESS);
    }

    static AttachTarget on(int number) {
        return new AttachTarget.Netdev(OptionalLong.of(NETNS), 2 + number);
    }

    static TcFilter filter(int number, int priority, int handle, int progId, TcFilter.Flag... flags) {
        return filter(number, 3, priority, handle, progId, flags);
    }

    static TcFilter filter(int number, int protocol, int priority, int handle, int progId, TcFilter.Flag... flags) {
        return new TcFilter(
                2 + number,
                OptionalInt.empty(),
                TcParent.INGRESS,
                0,
                priority,
                protocol,
                handle,
                OptionalInt.of(progId),
                "fw.o:[classifier]",
                Set.of(flags),
                OptionalInt.empty());
    }

    /** Of a build that its number names, loaded so many seconds after 08:00. */
    static Program program(int id, ProgType type, String name, String build, Integer... maps) {
        return new Program(
                id,
                type,
                name,
                String.format("%016x", build.hashCode() & 0xffffffffL),
                Instant.parse("2026-11-21T08:00:00Z").plusSeconds(id),
                0,
                Program.License.GPL_COMPATIBLE,
                96,
                61,
                OptionalLong.of(4096),
                12,
                List.of(maps),
                OptionalInt.of(500),
                new Reading.NotAsked<>("the program iterator is not loaded"),
                Reading.of("fp-" + build),
                Reading.of("functions of " + name));
    }

    static Program loadedAt(Instant moment, Program p) {
        return new Program(
                p.id(),
                p.type(),
                p.name(),
                p.tag(),
                moment,
                p.uid(),
                p.license(),
                p.bytesXlated(),
                p.bytesJited(),
                p.bytesMemlock(),
                p.verifiedInsns(),
                p.mapIds(),
                p.btfId(),
                p.expectedAttachType(),
                p.fingerprint(),
                p.functions());
    }

    /** Without the functions that make loads of one name kin. */
    static Program withoutBtf(Program p, String fingerprint) {
        return new Program(
                p.id(),
                p.type(),
                p.name(),
                p.tag(),
                p.loadedAt(),
                p.uid(),
                p.license(),
                p.bytesXlated(),
                p.bytesJited(),
                p.bytesMemlock(),
                p.verifiedInsns(),
                p.mapIds(),
                OptionalInt.empty(),
                p.expectedAttachType(),
                Reading.of(fingerprint),
                new Reading.Unsupported<>("BTF"));
    }

    static Holder process(int pid, String comm) {
        return new Holder(pid, pid, comm, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static SnapshotBuilder xdpLink(SnapshotBuilder host, int device, int progId, int linkId) {
        return host.link(linkId, LinkType.XDP, progId, on(device)).attachByLink(xdp(device), progId, linkId);
    }

    static SnapshotBuilder tcxLink(SnapshotBuilder host, int device, int progId, int linkId) {
        return host.link(linkId, LinkType.TCX, progId, on(device)).attachByLink(tcx(device), progId, linkId);
    }

    /** Runs of programs in a window of two seconds that has just ended. */
    static Activity counted(Map<Integer, Integer> runs) {
        Map<Integer, RunRate> rates = new HashMap<>();
        runs.forEach((id, count) -> rates.put(id, new RunRate(count / 2.0, OptionalDouble.empty(), NOW)));
        return new Activity(Activity.State.ON, Map.of(), rates, Optional.of(Duration.ofSeconds(2)), Optional.of(NOW));
    }

    static Scene scene(SnapshotBuilder host) {
        return new Scene(host.build(), List.of(), Optional.empty(), HOLD_DOWN);
    }

    static Scene scene(SnapshotBuilder host, Occurrence... past) {
        return new Scene(host.build(), List.of(past), Optional.of(NOW.minusSeconds(3600)), HOLD_DOWN);
    }

    static Diagnosis judge(Rule rule, Scene scene) {
        return rule.judge(Survey.of(scene));
    }

    static Finding only(Rule rule, Scene scene) {
        List<Finding> findings = judge(rule, scene).findings();
        if (findings.size() != 1) {
            throw new AssertionError("not one finding but " + findings);
        }
        return findings.get(0);
    }

    /** What happened a minute ago to the attachment at an index of a picture. */
    static Occurrence happened(
            Kind kind, Snapshot where, int index, Optional<State> before, Optional<State> after, Author... by) {
        return happened(NOW.minusSeconds(60), kind, where, index, before, after, by);
    }

    static Occurrence happened(
            Instant at,
            Kind kind,
            Snapshot where,
            int index,
            Optional<State> before,
            Optional<State> after,
            Author... by) {
        Attachment attachment = where.attachments().get(index);
        return new Occurrence(
                at,
                kind,
                new Occurrence.Subject.Place(attachment.ref(), Identity.of(attachment)),
                before,
                after,
                List.of(by).stream().findFirst());
    }

    /** The attachment at an index of a picture, as history tells it. */
    static Optional<State> state(Snapshot where, int index) {
        Attachment attachment = where.attachments().get(index);
        Optional<Program> program = where.program(attachment.progId().orElse(0));
        List<Owner> owners = where.index().owners(attachment);
        return Optional.of(new State(
                attachment.progId(),
                program.map(Program::name).orElse(""),
                program.map(Program::tag).orElse(""),
                attachment.linkId(),
                Optional.of(attachment.ref()),
                List.of(),
                program,
                owners,
                OptionalLong.of(1)));
    }
}
