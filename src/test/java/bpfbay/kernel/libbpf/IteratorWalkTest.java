package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Listing;
import bpfbay.model.Holding;
import bpfbay.model.ObjectId;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@InNetns
class IteratorWalkTest {
    private static final int LOOPBACK = 1;

    private IteratorWalk walk;

    @BeforeEach
    void load() {
        walk = IteratorWalk.load();
    }

    @AfterEach
    void unload() {
        walk.close();
    }

    @Test
    void programs_are_those_of_bpftool() {
        int prog = xdp();
        Rows rows = new Rows(Rows.PROG_BYTES);
        walk.programs(rows);
        Set<Integer> known = bpftoolIds("prog");
        assertTrue(ids(rows).contains(RawBpf.id(prog)));
        assertTrue(known.containsAll(held(ids(rows), ObjectId.Kind.PROG, prog)));
        RawBpf.closeAll(prog);
    }

    @Test
    void a_program_tells_its_expected_attach_type_and_its_references() {
        int prog = xdp();
        assertEquals(RawBpf.BPF_XDP, programField(prog, 16));
        int before = programField(prog, 20);
        int link = RawBpf.createLink(prog, LOOPBACK, RawBpf.BPF_XDP);
        assertTrue(programField(prog, 20) > before);
        RawBpf.closeAll(link, prog);
    }

    @Test
    void an_xdp_link_tells_its_device_and_namespace() throws Exception {
        int prog = xdp();
        int link = RawBpf.createLink(prog, LOOPBACK, RawBpf.BPF_XDP);
        ByteBuffer row = linkRow(link);
        assertEquals(6, row.getInt(4));
        assertEquals(RawBpf.id(prog), row.getInt(8));
        assertEquals(LOOPBACK, row.getInt(12));
        assertEquals(ownNetns(), row.getLong(16));
        RawBpf.detachLink(link);
        assertEquals(0, linkRow(link).getInt(12));
        RawBpf.closeAll(link, prog);
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void a_tcx_link_tells_its_device_and_namespace() throws Exception {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, RawBpf.BPF_TCX_INGRESS, "cls", 0);
        int link = RawBpf.createLink(prog, LOOPBACK, RawBpf.BPF_TCX_INGRESS);
        ByteBuffer row = linkRow(link);
        assertEquals(LOOPBACK, row.getInt(12));
        assertEquals(ownNetns(), row.getLong(16));
        RawBpf.closeAll(link, prog);
    }

    @Test
    void maps_are_walked_with_their_types() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 4, 8, 3, "walked");
        Rows rows = new Rows(Rows.MAP_BYTES);
        walk.maps(rows);
        int row = rowOf(rows, RawBpf.id(map));
        assertEquals(RawBpf.BPF_MAP_TYPE_HASH, rows.current().getInt(row * Rows.MAP_BYTES + 4));
        RawBpf.closeAll(map);
    }

    @Test
    void holders_are_told_with_name_and_start() throws Exception {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 4, 8, 3, "held");
        HoldingSource holdings = new HoldingSource();
        ObjectId id = ObjectId.map(RawBpf.id(map));
        Holding held = holdings.read(walk).items().stream()
                .filter(holding -> holding.object().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(ProcessHandle.current().pid(), held.holder().pid());
        assertEquals(
                Holders.startTicks(Files.readString(Path.of("/proc/self/stat"))),
                held.holder().startTicks());
        assertEquals(
                Files.readString(Path.of("/proc/self/comm")).strip(),
                held.holder().comm());
        RawBpf.closeAll(map);
    }

    @Test
    void unchanged_holders_are_the_same_instance() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 4, 8, 3, "held");
        HoldingSource holdings = new HoldingSource();
        Listing<Holding> first = holdings.read(walk);
        assertSame(first, holdings.read(walk));
        RawBpf.closeAll(map);
        assertNotSame(first, holdings.read(walk));
    }

    @Test
    void its_own_objects_are_four_programs_and_four_links() {
        assertEquals(
                4,
                walk.own().stream()
                        .filter(id -> id.kind() == ObjectId.Kind.PROG)
                        .count());
        assertEquals(
                4,
                walk.own().stream()
                        .filter(id -> id.kind() == ObjectId.Kind.LINK)
                        .count());
        Rows rows = new Rows(Rows.LINK_BYTES);
        walk.links(rows);
        assertTrue(ids(rows)
                .containsAll(walk.own().stream()
                        .filter(id -> id.kind() == ObjectId.Kind.LINK)
                        .map(ObjectId::id)
                        .toList()));
    }

    private static int xdp() {
        return RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "walked", 2);
    }

    private int programField(int prog, int offset) {
        Rows rows = new Rows(Rows.PROG_BYTES);
        walk.programs(rows);
        return rows.current().getInt(rowOf(rows, RawBpf.id(prog)) * Rows.PROG_BYTES + offset);
    }

    private ByteBuffer linkRow(int link) {
        Rows rows = new Rows(Rows.LINK_BYTES);
        walk.links(rows);
        int at = rowOf(rows, RawBpf.id(link)) * Rows.LINK_BYTES;
        ByteBuffer copy =
                ByteBuffer.allocate(Rows.LINK_BYTES).order(rows.current().order());
        copy.put(0, rows.current(), at, Rows.LINK_BYTES);
        return copy;
    }

    private static int rowOf(Rows rows, int id) {
        for (int row = 0; row < rows.count(); row++) {
            if (rows.id(row) == id) {
                return row;
            }
        }
        throw new AssertionError("no row with id " + id);
    }

    private static Set<Integer> ids(Rows rows) {
        Set<Integer> ids = new TreeSet<>();
        for (int row = 0; row < rows.count(); row++) {
            ids.add(rows.id(row));
        }
        return ids;
    }

    /* other processes come and go meanwhile: only what this test and its walk hold is compared */
    private Set<Integer> held(Set<Integer> ids, ObjectId.Kind kind, int fd) {
        return ids.stream()
                .filter(id -> id == RawBpf.id(fd) || walk.own().contains(new ObjectId(kind, id)))
                .collect(Collectors.toSet());
    }

    private static Set<Integer> bpftoolIds(String object) {
        Set<Integer> ids = new TreeSet<>();
        for (JsonElement element : Tool.json("bpftool", "-j", object, "show").getAsJsonArray()) {
            ids.add(element.getAsJsonObject().get("id").getAsInt());
        }
        return ids;
    }

    private static long ownNetns() throws Exception {
        String link =
                Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net")).toString();
        return Long.parseLong(link.replaceAll("[^0-9]", ""));
    }
}
