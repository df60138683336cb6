package bpfbay.bench;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnostician;
import bpfbay.diagnose.Scene;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the rules cost beside the poll they follow: a host of 1000 interfaces, each with a program on XDP, tcx
 * and tc, on which nothing or one thing has changed since the last picture.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsAppend = {"-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx96m"})
public class JudgeBenchmark {
    private static final long NETNS = 1000;
    private static final int INTERFACES = 1000;

    private final Diagnostician diagnostician = new Diagnostician();
    private final Snapshot even = host(1);
    private final Snapshot odd = host(2);
    private Snapshot last = even;

    /** Each interface has loads of its own, as an agent makes them; the first load is of another moment. */
    static Snapshot host(int change) {
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(NETNS).map(1, MapType.HASH, "policy", 4, 8, 1024);
        for (int i = 0; i < INTERFACES; i++) {
            int id = 10 * i + (i == 0 ? change : 1);
            Device device = new Device(NETNS, 2 + i, "eth" + i);
            Place.Tcx tcx = new Place.Tcx(device, Direction.INGRESS);
            AttachTarget target = new AttachTarget.Netdev(OptionalLong.of(NETNS), device.ifindex());
            host.device(NETNS, device.ifindex(), device.name())
                    .program(id, ProgType.XDP, "xdp_fw", 1)
                    .program(id + 3, ProgType.SCHED_CLS, "from_netdev", 1)
                    .program(id + 6, ProgType.SCHED_CLS, "classify", 1)
                    .link(id, LinkType.XDP, id, target)
                    .link(id + 3, LinkType.TCX, id + 3, target, AttachType.TCX_INGRESS)
                    .attachByLink(new Place.Xdp(device, XdpMode.NATIVE), id, id)
                    .attachByLink(tcx, id + 3, id + 3)
                    .attachFilter(new Place.Tc(device, TcParent.INGRESS), filter(device.ifindex(), id + 6))
                    .pin(ObjectId.link(id), "/sys/fs/bpf/fw/" + device.name() + "/xdp")
                    .pin(ObjectId.link(id + 3), "/sys/fs/bpf/fw/" + device.name() + "/tcx")
                    .pin(ObjectId.prog(id + 6), "/sys/fs/bpf/fw/" + device.name() + "/tc");
        }
        return host.build();
    }

    private static TcFilter filter(int ifindex, int progId) {
        return new TcFilter(
                ifindex,
                OptionalInt.empty(),
                TcParent.INGRESS,
                0,
                1,
                3,
                1,
                OptionalInt.of(progId),
                "fw.o:[classifier]",
                Set.of(TcFilter.Flag.DIRECT_ACTION),
                OptionalInt.empty());
    }

    private static Snapshot later(Snapshot s, Snapshot than) {
        return new Snapshot(
                s.host(),
                than.takenAt().plusSeconds(1),
                s.duration(),
                s.namespaces(),
                s.interfaces(),
                s.attachments(),
                s.programs(),
                s.links(),
                s.maps(),
                s.pins(),
                s.index(),
                s.activity(),
                s.own(),
                s.problems());
    }

    @Benchmark
    public Diagnosis unchanged() {
        return judge(even);
    }

    /** Pictures share their lists, so that which one it was shows by the list. */
    @Benchmark
    @SuppressWarnings("ReferenceEquality")
    public Diagnosis oneLoadIsAnother() {
        return judge(last.attachments() == even.attachments() ? odd : even);
    }

    private Diagnosis judge(Snapshot next) {
        last = later(next, last);
        return diagnostician.judge(new Scene(last, List.of(), Optional.empty(), Duration.ofSeconds(10)));
    }
}
