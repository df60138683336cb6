package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loading;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.testing.InNetns;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class BuildTest {
    @Test
    void the_order_of_maps_does_not_matter() {
        BpfMap a = map(1, MapType.HASH, "a", 64);
        BpfMap b = map(2, MapType.HASH, "b", 64);
        assertEquals(fingerprint(a, b), fingerprint(b, a));
    }

    @Test
    void ids_do_not_matter_and_definitions_do() {
        assertEquals(fingerprint(map(1, MapType.HASH, "a", 64)), fingerprint(map(9, MapType.HASH, "a", 64)));
        assertNotEquals(fingerprint(map(1, MapType.HASH, "a", 64)), fingerprint(map(1, MapType.HASH, "a", 65)));
    }

    @Test
    void the_object_files_name_in_front_of_a_section_does_not_matter() {
        assertEquals(
                fingerprint(map(1, MapType.ARRAY, "fw.rodata", 1)),
                fingerprint(map(1, MapType.ARRAY, "fw_v2.rodata", 1)));
    }

    @Test
    void constants_and_variables_are_data_and_zeroes_are_not() {
        assertTrue(Build.isData(map(1, MapType.ARRAY, "fw.rodata", 1)));
        assertTrue(Build.isData(map(1, MapType.ARRAY, ".rodata.str1.1", 1)));
        assertTrue(Build.isData(map(1, MapType.ARRAY, "long_nam.data", 1)));
        assertFalse(Build.isData(map(1, MapType.ARRAY, "fw.bss", 1)));
        assertFalse(Build.isData(map(1, MapType.HASH, "rodata", 1)));
    }

    @Test
    void parts_cannot_flow_into_each_other() {
        Build build = new Build();
        String one = Build.fingerprint(build.begin("t").data("ab", bytes("c")).content());
        String other = Build.fingerprint(build.begin("t").data("a", bytes("bc")).content());
        assertNotEquals(one, other);
    }

    @Test
    void a_name_is_made_longer_only_where_it_was_cut() {
        assertEquals("handle_packet_all", ProgramDecoder.longName("handle_packet_a", "handle_packet_all"));
        assertEquals("pass", ProgramDecoder.longName("pass", "pass_everything"));
        assertEquals("handle_packet_a", ProgramDecoder.longName("handle_packet_a", "other"));
    }

    @Test
    @InNetns
    void two_loads_of_one_object_are_one_build_and_another_object_is_another() {
        LibbpfLoader loader = LibbpfLoader.open();
        try (LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
                LoadedObject first = loader.load(loader.ownObject("xdp_fw"));
                LoadedObject second = loader.load(loader.ownObject("xdp_fw"));
                LoadedObject other = loader.load(loader.ownObject("xdp_fw_v2"))) {
            String name = first.programs().keySet().iterator().next();
            Reading<String> build = program(kernel, first, name).fingerprint();
            assertTrue(build.found().isPresent(), build::toString);
            assertEquals(build, program(kernel, second, name).fingerprint());
            assertNotEquals(build, program(kernel, other, name).fingerprint());
            assertEquals(name, program(kernel, first, name).name());
        }
    }

    private static Program program(LibbpfKernel kernel, LoadedObject object, String name) {
        return kernel.programs().items().stream()
                .filter(program -> program.object().equals(object.programId(name)))
                .findFirst()
                .orElseThrow();
    }

    private static String fingerprint(BpfMap... maps) {
        return Build.fingerprint(new Build()
                .begin("0123456789abcdef")
                .maps(List.of(maps))
                .functions(List.of())
                .content());
    }

    private static BpfMap map(int id, MapType type, String name, int entries) {
        return new BpfMap(id, type, name, 4, 8, entries, 0, OptionalInt.empty(), 0, 0);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
