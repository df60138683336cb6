package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.Holder;
import bpfbay.model.LinkType;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.testing.Histories;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class SnapshotReaderTest {
    @Test
    void a_picture_comes_back_as_it_was() {
        assertRoundTrip(Histories.collected(Snapshots.edge()));
        assertRoundTrip(Snapshots.bare());
    }

    @Test
    void every_shape_of_target_comes_back() {
        List<AttachTarget> targets = List.of(
                new AttachTarget.Netdev(OptionalLong.empty(), 0),
                new AttachTarget.Netdev(OptionalLong.of(7), -1),
                new AttachTarget.Cgroup(0),
                new AttachTarget.Cgroup(-1L),
                new AttachTarget.Netns(0),
                new AttachTarget.Netns(4026531840L),
                new AttachTarget.KernelFunction("tcp_v4_connect+0x0", 3),
                new AttachTarget.UserFunction("/usr/lib/x\udcff.so", -5L, 1),
                new AttachTarget.Tracepoint("sched/sched_switch"),
                new AttachTarget.PerfEvent(0, -1L),
                new AttachTarget.Iterator("task_file"),
                new AttachTarget.StructOps(7),
                new AttachTarget.Netfilter(OptionalLong.empty(), 99, 4, -128),
                new AttachTarget.Netfilter(OptionalLong.of(4026531840L), 10, 77, 5),
                new AttachTarget.Prog(5001, 4, Optional.empty()),
                new AttachTarget.Prog(5001, 4, Optional.of("")),
                new AttachTarget.KernelBtf(1, 90210, Optional.of(Snapshots.HOSTILE)),
                new AttachTarget.Sockmap(31),
                new AttachTarget.Unknown(OptionalInt.of(77)),
                new AttachTarget.Unknown(OptionalInt.empty()));
        SnapshotBuilder host = new SnapshotBuilder().ownNamespace(Snapshots.OWN_NETNS);
        int id = 1;
        for (AttachTarget target : targets) {
            for (LinkType type : List.of(LinkType.XDP, LinkType.TRACING, LinkType.NETNS, new LinkType(0xfffffff0))) {
                host.link(id, type, id, target, new AttachType(200))
                        .attachByLink(new Place.Other(type, target), id, id);
                id++;
            }
        }
        assertRoundTrip(host.build());
    }

    @Test
    void two_processes_of_one_pid_stay_two() {
        Holder old = new Holder(812, 10, "xdpd", Optional.empty(), Optional.empty(), Optional.empty());
        Holder now = new Holder(812, 90, "nginx", Optional.of("/x"), Optional.of("x.service"), Optional.of("c"));
        assertRoundTrip(new SnapshotBuilder()
                .program(1, ProgType.XDP, "a")
                .hold(old, ObjectId.prog(1), ObjectId.prog(77))
                .hold(now, ObjectId.prog(1), ObjectId.map(-1))
                .own(ObjectId.link(5))
                .pin(ObjectId.link(9), "/sys/fs/bpf/of a link that is not listed")
                .slots(Reading.of(Map.of(1, List.of(ObjectId.map(3), ObjectId.map(-1)))))
                .ownership(new Reading.Denied<>("CAP_SYS_PTRACE"))
                .build());
    }

    @Property(tries = 200)
    void any_name_comes_back_as_it_was(@ForAll String name) {
        assertRoundTrip(new SnapshotBuilder()
                .map(1, MapType.HASH, name, 1, 2, 3)
                .program(1, new ProgType(-3), name)
                .pin(ObjectId.prog(1), "/" + name)
                .problem(name, name, 1, name)
                .build());
    }

    @Test
    void what_a_newer_version_says_is_left_out_and_told() {
        String text = new String(written(Snapshots.edge()), StandardCharsets.UTF_8)
                .replace("bpfbay/snapshot/1", "bpfbay/snapshot/2")
                .replace("\"via\":\"netlink\"", "\"via\":\"telepathy\"")
                .replace("{\"ref\":\"eth0/xdp\"", "{\"mood\":[{}],\"ref\":\"eth0/xdp\"")
                .replace("\"problems\":", "\"colours\":{\"a\":1},\"problems\":");
        SnapshotReader.Read read = SnapshotReader.read(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        "made by a newer bpfbay (bpfbay/snapshot/2): read as far as it is known here",
                        "not known here, and left out: attachments 'telepathy', attachments.mood, colours"),
                read.notes());
        assertEquals(
                Snapshots.edge().attachments().size(),
                read.snapshot().attachments().size());
    }

    @Test
    void keys_may_stand_in_any_order() {
        Holder xdpd = new Holder(812, 10, "xdpd", Optional.of("/x"), Optional.empty(), Optional.empty());
        Snapshot snapshot = new SnapshotBuilder()
                .ownNamespace(Snapshots.OWN_NETNS)
                .program(1, ProgType.XDP, "a")
                .attach(new Place.NetnsHook(Snapshots.OWN_NETNS, AttachType.SK_LOOKUP), Via.PROG, 1)
                .hold(xdpd, ObjectId.prog(1))
                .build();
        JsonObject tree = JsonParser.parseString(new String(written(snapshot), StandardCharsets.UTF_8))
                .getAsJsonObject();
        JsonObject sorted = new JsonObject();
        tree.keySet().stream().sorted().forEach(key -> sorted.add(key, tree.get(key)));
        assertEquals(
                snapshot,
                SnapshotReader.read(sorted.toString().getBytes(StandardCharsets.UTF_8))
                        .snapshot());
    }

    @Test
    void what_is_no_snapshot_says_so() {
        assertNotReadable("the schema is 'bpfbay/swap/1', not bpfbay/snapshot/1", "{\"schema\":\"bpfbay/swap/1\"}");
        assertNotReadable("'host' is missing", "{\"schema\":\"bpfbay/snapshot/1\"}");
        assertNotReadable("nested deeper than 32", "[".repeat(100_000));
        assertNotReadable("a text of more than 256 KiB", "{\"schema\":\"" + "x".repeat(300_000) + "\"}");
        assertTrue(message("{\"host\":{}} x").contains("something follows")
                || message("{\"host\":{}} x").contains("line"));
        assertEquals("no UTF-8", message(new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
    }

    private static void assertNotReadable(String reason, String document) {
        assertEquals(reason, message(document));
    }

    private static String message(String document) {
        return message(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String message(byte[] document) {
        return String.valueOf(assertThrows(NotReadableException.class, () -> SnapshotReader.read(document))
                .getMessage());
    }

    private static void assertRoundTrip(Snapshot snapshot) {
        SnapshotReader.Read read = SnapshotReader.read(written(snapshot));
        assertEquals(List.of(), read.notes());
        assertSame(snapshot, read.snapshot());
    }

    /** Field by field first: a whole picture that differs is no message to read. */
    static void assertSame(Snapshot expected, Snapshot actual) {
        assertEquals(expected.attachments(), actual.attachments());
        assertEquals(expected.programs(), actual.programs());
        assertEquals(expected.links(), actual.links());
        assertEquals(expected.pins(), actual.pins());
        assertEquals(expected.index().owners(), actual.index().owners());
        assertEquals(expected.activity(), actual.activity());
        assertEquals(expected, actual);
    }

    static byte[] written(Snapshot snapshot) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotJson.write(snapshot, out);
        return out.toByteArray();
    }
}
