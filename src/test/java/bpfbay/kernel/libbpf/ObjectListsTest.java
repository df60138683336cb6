package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import bpfbay.model.BpfMap;
import bpfbay.model.Link;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Programs, links and maps that the test has made, with bpftool as the witness. */
@InNetns
class ObjectListsTest {
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void a_program_is_as_bpftool_shows_it() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 8, 3, "counts");
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2, map);
        Program program = program(RawBpf.id(fd)).orElseThrow();
        JsonObject witness = Tool.json("bpftool", "-j", "prog", "show", "id", Integer.toString(program.id()))
                .getAsJsonObject();
        assertEquals(witness.get("type").getAsString(), program.type().label());
        assertEquals(witness.get("name").getAsString(), program.name());
        assertEquals(witness.get("tag").getAsString(), program.tag());
        assertEquals(witness.get("bytes_xlated").getAsInt(), program.bytesXlated());
        assertEquals(witness.get("bytes_jited").getAsInt(), program.bytesJited());
        assertEquals(
                witness.get("bytes_memlock").getAsLong(), program.bytesMemlock().orElseThrow());
        assertEquals(
                witness.get("map_ids").getAsJsonArray().get(0).getAsInt(),
                program.mapIds().get(0));
        assertEquals(witness.get("uid").getAsInt(), program.uid());
        assertEquals(Program.License.GPL_COMPATIBLE, program.license());
        long seconds =
                program.loadedAt().getEpochSecond() - witness.get("loaded_at").getAsLong();
        assertTrue(seconds >= -1 && seconds <= 1, "bpftool rounds to seconds, we are off by " + seconds);
        assertTrue(program.loadedAt().isBefore(Instant.now()));
        RawBpf.closeAll(fd, map);
    }

    @Test
    void a_program_with_more_maps_than_the_first_guess_lists_all() {
        int[] maps = new int[64];
        for (int i = 0; i < maps.length; i++) {
            maps[i] = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m" + i);
        }
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "many", 2, maps);
        assertEquals(64, program(RawBpf.id(fd)).orElseThrow().mapIds().size());
        RawBpf.closeAll(maps);
        RawBpf.closeAll(fd);
    }

    @Test
    void a_map_is_as_bpftool_shows_it() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 6, 24, 77, "flows");
        int id = RawBpf.id(fd);
        BpfMap map = map(id);
        JsonObject witness = Tool.json("bpftool", "-j", "map", "show", "id", Integer.toString(id))
                .getAsJsonObject();
        assertEquals(witness.get("type").getAsString(), map.type().label());
        assertEquals(witness.get("name").getAsString(), map.name());
        assertEquals(witness.get("bytes_key").getAsInt(), map.keySize());
        assertEquals(witness.get("bytes_value").getAsInt(), map.valueSize());
        assertEquals(witness.get("max_entries").getAsInt(), map.maxEntries());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_link_follows_its_update_and_its_detaching() {
        int first = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "first", 2);
        int second = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "second", 2);
        int fd = RawBpf.createLink(first, 1, RawBpf.BPF_XDP);
        int id = RawBpf.id(fd);
        assertEquals(RawBpf.id(first), link(id).progId());
        RawBpf.updateLink(fd, second);
        assertEquals(RawBpf.id(second), link(id).progId());
        assertEquals(1, ((AttachTarget.Netdev) link(id).target()).ifindex());
        RawBpf.detachLink(fd);
        assertTrue(link(id).isDetached());
        RawBpf.closeAll(fd, first, second);
    }

    @Test
    void an_unchanged_answer_is_the_same_instance() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        kernel.programs();
        assertSame(kernel.programs(), kernel.programs());
        assertSame(kernel.links(), kernel.links());
        assertSame(kernel.maps(), kernel.maps());
        RawBpf.closeAll(fd);
    }

    @Test
    void at_a_glance_the_same_objects_are_there() {
        int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 8, 3, "counts");
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2, map);
        int link = RawBpf.createLink(prog, 1, RawBpf.BPF_XDP);
        Program whole = program(RawBpf.id(prog)).orElseThrow();
        Link wholeLink = link(RawBpf.id(link));
        BpfMap wholeMap = map(RawBpf.id(map));
        kernel.depth(Kernel.Depth.GLANCE);
        Program glanced = program(whole.id()).orElseThrow();
        assertEquals(whole.tag(), glanced.tag());
        assertEquals(whole.name(), glanced.name());
        assertEquals(whole.mapIds(), glanced.mapIds());
        assertEquals(whole.bytesXlated(), glanced.bytesXlated());
        assertTrue(glanced.bytesMemlock().isEmpty(), "what costs more than all the rest is not asked");
        assertEquals(wholeLink, link(wholeLink.id()));
        assertEquals(wholeMap, map(wholeMap.id()));
        RawBpf.closeAll(link, prog, map);
    }

    @Test
    void an_answer_that_comes_in_parts_is_whole() {
        int[] maps = new int[64];
        for (int i = 0; i < maps.length; i++) {
            maps[i] = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "m" + i);
        }
        List<Integer> seen = new ArrayList<>();
        new ObjectInfos(4096).all(ObjectId.Kind.MAP, record -> seen.add(record.id()));
        assertTrue(seen.containsAll(Arrays.stream(maps).map(RawBpf::id).boxed().toList()));
        assertEquals(seen.stream().sorted().distinct().toList(), seen, "each once, by id");
        RawBpf.closeAll(maps);
    }

    @Test
    void a_program_is_gone_from_the_list_when_it_is_unloaded() {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        int id = RawBpf.id(fd);
        assertTrue(program(id).isPresent());
        RawBpf.closeAll(fd);
        assertTrue(program(id).isEmpty());
    }

    private Optional<Program> program(int id) {
        List<Program> all = kernel.programs().items();
        return all.stream().filter(p -> p.id() == id).findFirst();
    }

    private BpfMap map(int id) {
        return kernel.maps().items().stream()
                .filter(m -> m.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private Link link(int id) {
        return kernel.links().items().stream()
                .filter(l -> l.id() == id)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void with_iterators_programs_tell_what_they_expect_and_links_their_namespace() throws Exception {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "pass", 2);
        int link = RawBpf.createLink(prog, 1, RawBpf.BPF_XDP);
        try (LibbpfKernel looking = LibbpfKernel.open(Loading.ITERATORS)) {
            looking.programs();
            Program told = looking.programs().items().stream()
                    .filter(p -> p.id() == RawBpf.id(prog))
                    .findFirst()
                    .orElseThrow();
            assertEquals(Reading.of(AttachType.XDP), told.expectedAttachType());
            AttachTarget.Netdev target = looking.links().items().stream()
                    .filter(l -> l.id() == RawBpf.id(link))
                    .map(l -> (AttachTarget.Netdev) l.target())
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    (Long) Files.getAttribute(Path.of("/proc/thread-self/ns/net"), "unix:ino"),
                    target.netns().orElseThrow());
            assertTrue(looking.own().size() >= 8);
        }
        RawBpf.closeAll(link, prog);
    }
}
