package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Real loads on this kernel. */
@InNetns
class LibbpfCandidatesTest {
    private static final Path FIREWALL = NativeCode.bpfObject("xdp_fw");

    private final LibbpfCandidates candidates = LibbpfCandidates.open();
    private final LibbpfLoader loader = LibbpfLoader.open();

    @Test
    void a_file_tells_its_programs_and_maps() {
        Candidates.Contents contents = candidates.contents(FIREWALL);
        assertEquals(List.of(new Candidates.Defined("xdp_fw", "xdp", ProgType.XDP)), contents.programs());
        assertEquals(
                List.of(
                        new Candidates.DefinedMap("packets", 2, 4, 8, 3, 0, false),
                        new Candidates.DefinedMap("xdp_fw.rodata", 2, 4, 2, 1, 1152, true)),
                contents.maps());
    }

    @Test
    void the_only_program_of_a_file_needs_no_name() {
        try (Candidates.Loaded loaded = candidates.load(xdp(FIREWALL))) {
            JsonObject shown = program(loaded);
            assertEquals("xdp_fw", shown.get("name").getAsString());
            assertEquals("xdp", shown.get("type").getAsString());
            assertEquals(loaded.progId(), LibbpfLoader.idOf(loaded.program()));
            assertEquals(Set.of("packets", "xdp_fw.rodata"), loaded.maps().keySet());
            assertTrue(loaded.verifierLog().contains("processed "), loaded.verifierLog());
        }
    }

    @Test
    void closing_it_takes_the_program_out_of_the_kernel() {
        Candidates.Loaded loaded = candidates.load(xdp(FIREWALL));
        String id = Integer.toUnsignedString(loaded.progId());
        loaded.close();
        assertNotEquals(0, Tool.attempt("bpftool", "prog", "show", "id", id).status());
    }

    @Test
    void a_live_map_is_shared_and_the_others_are_new() {
        try (LoadedObject live = loader.load(FIREWALL)) {
            int packets = mapId(live.maps(), "packets");
            try (Candidates.Loaded loaded =
                    candidates.load(wish(NativeCode.bpfObject("xdp_fw_v2"), "xdp_fw", Map.of("packets", packets)))) {
                assertEquals(packets, mapId(loaded.maps(), "packets"));
                assertTrue(program(loaded).get("map_ids").getAsJsonArray().asList().stream()
                        .anyMatch(id -> id.getAsInt() == packets));
                assertFalse(live.maps().values().stream()
                        .anyMatch(fd -> LibbpfLoader.idOf(fd) == mapId(loaded.maps(), "xdp_fw_v.rodata")));
            }
        }
    }

    @Test
    void a_shared_rodata_keeps_the_bytes_of_the_live_one() {
        try (LoadedObject live = loader.load(FIREWALL)) {
            String name = "xdp_fw.rodata";
            int rodata = mapId(live.maps(), name);
            String before = dump(rodata);
            try (Candidates.Loaded loaded = candidates.load(wish(FIREWALL, "xdp_fw", Map.of(name, rodata)))) {
                assertEquals(rodata, mapId(loaded.maps(), name));
                assertEquals(before, dump(rodata));
            }
        }
    }

    @Test
    void nothing_is_pinned_and_no_pin_is_taken_up() throws IOException {
        Path file = CandidateFiles.build("pinned_map");
        try (LoadedObject live = loader.load(file);
                Candidates.Loaded loaded = candidates.load(xdp(file))) {
            assertTrue(Files.exists(Path.of("/sys/fs/bpf/flows")));
            assertNotEquals(mapId(live.maps(), "flows"), mapId(loaded.maps(), "flows"));
        }
        Files.delete(Path.of("/sys/fs/bpf/flows"));
        Set<Path> before = pins();
        try (Candidates.Loaded loaded = candidates.load(xdp(file))) {
            assertEquals(before, pins());
            assertTrue(loaded.maps().containsKey("flows"));
        }
    }

    @Test
    void the_slots_of_a_shared_program_array_stay_as_they_are() {
        Path file = CandidateFiles.build("tail_calls");
        try (LoadedObject live = loader.load(file)) {
            int jumps = mapId(live.maps(), "jumps");
            String before = dump(jumps);
            try (Candidates.Loaded loaded = candidates.load(wish(file, "entry", Map.of("jumps", jumps)))) {
                assertEquals(jumps, mapId(loaded.maps(), "jumps"));
                assertEquals(before, dump(jumps));
            }
            assertEquals(before, dump(jumps));
        }
    }

    @Test
    void a_new_program_array_has_the_slots_that_the_file_says() {
        Path file = CandidateFiles.build("tail_calls");
        try (Candidates.Loaded loaded = candidates.load(wish(file, "entry", Map.of()))) {
            String slots = dump(mapId(loaded.maps(), "jumps"));
            assertEquals(
                    2,
                    Tool.json("bpftool", "-j", "map", "dump", "id", id(loaded, "jumps"))
                            .getAsJsonArray()
                            .asList()
                            .stream()
                            .filter(slot -> slot.getAsJsonObject().get("value").isJsonArray())
                            .count(),
                    slots);
        }
    }

    @Test
    void the_first_attach_type_that_the_kernel_takes_is_used() {
        Path file = NativeCode.bpfObject("cgroup_egress");
        List<AttachType> expected = List.of(AttachType.XDP, AttachType.CGROUP_INET_EGRESS);
        candidates
                .load(new Candidates.Wish(file, Optional.empty(), ProgType.CGROUP_SKB, expected, Map.of()))
                .close();
        assertRefused(
                new Candidates.Wish(file, Optional.empty(), ProgType.CGROUP_SKB, expected.subList(0, 1), Map.of()));
    }

    @Test
    void a_candidate_fits_the_link_of_a_program_that_expects_the_same() {
        for (int expected : List.of(0, 37)) {
            try (Candidates.Loaded live = candidates.load(expecting(expected));
                    Candidates.Loaded alike = candidates.load(expecting(expected));
                    Candidates.Loaded other = candidates.load(expecting(37 - expected))) {
                int link = RawBpf.createLink(live.program().number(), 1, RawBpf.BPF_XDP);
                RawBpf.updateLink(link, alike.program().number());
                assertThrows(
                        IllegalStateException.class,
                        () -> RawBpf.updateLink(link, other.program().number()));
                RawBpf.closeAll(link);
            }
        }
    }

    @Test
    void a_section_that_this_libbpf_does_not_know_takes_the_type_of_the_hook() {
        Path file = CandidateFiles.build("newer_section");
        assertEquals("tcx/ingress", candidates.contents(file).programs().get(0).section());
        Candidates.Wish wish = new Candidates.Wish(
                file, Optional.empty(), ProgType.SCHED_CLS, List.of(AttachType.TCX_INGRESS), Map.of());
        try (Candidates.Loaded loaded = candidates.load(wish)) {
            assertEquals("sched_cls", program(loaded).get("type").getAsString());
        }
    }

    private void assertRefused(Candidates.Wish wish) {
        assertThrows(KernelException.class, () -> candidates.load(wish).close());
    }

    private static Set<Path> pins() throws IOException {
        try (Stream<Path> pins = Files.list(Path.of("/sys/fs/bpf"))) {
            return pins.collect(Collectors.toSet());
        }
    }

    private static Candidates.Wish expecting(int type) {
        List<AttachType> expected = List.of(new AttachType(type));
        return new Candidates.Wish(FIREWALL, Optional.empty(), ProgType.XDP, expected, Map.of());
    }

    private static Candidates.Wish xdp(Path file) {
        return new Candidates.Wish(file, Optional.empty(), ProgType.XDP, List.of(), Map.of());
    }

    private static Candidates.Wish wish(Path file, String program, Map<String, Integer> reuse) {
        return new Candidates.Wish(file, Optional.of(program), ProgType.XDP, List.of(AttachType.XDP), reuse);
    }

    private static String id(Candidates.Loaded loaded, String map) {
        return Integer.toUnsignedString(mapId(loaded.maps(), map));
    }

    private static int mapId(Map<String, Fd> maps, String name) {
        return LibbpfLoader.idOf(Objects.requireNonNull(maps.get(name), name));
    }

    private static JsonObject program(Candidates.Loaded loaded) {
        return Tool.json("bpftool", "-j", "prog", "show", "id", Integer.toUnsignedString(loaded.progId()))
                .getAsJsonObject();
    }

    private static String dump(int map) {
        return Tool.run("bpftool", "map", "dump", "id", Integer.toUnsignedString(map));
    }
}
