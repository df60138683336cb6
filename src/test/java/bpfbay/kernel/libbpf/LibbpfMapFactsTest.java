package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.MapFacts;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@InNetns
class LibbpfMapFactsTest {
    private final LibbpfMapFacts facts = LibbpfMapFacts.open();

    @Test
    void a_map_tells_its_layout_and_its_memory() {
        try (LoadedObject object = LibbpfLoader.open().load(NativeCode.bpfObject("xdp_fw"))) {
            MapFacts.Facts packets = of(object, "packets");
            assertEquals(Optional.of("__u32"), packets.key());
            assertEquals(Optional.of("__u64"), packets.value());
            assertEquals(3, packets.map().maxEntries());
            String id = Integer.toUnsignedString(packets.map().id());
            assertEquals(
                    Tool.json("bpftool", "-j", "map", "show", "id", id)
                            .getAsJsonObject()
                            .get("bytes_memlock")
                            .getAsLong(),
                    packets.memoryBytes().orElseThrow());
        }
    }

    @Test
    void a_data_section_tells_its_variables() {
        try (LoadedObject object = LibbpfLoader.open().load(NativeCode.bpfObject("xdp_fw"))) {
            assertEquals(
                    Optional.of("section .rodata { const volatile __u16 blocked_port; }"),
                    of(object, "xdp_fw.rodata").value());
        }
    }

    @Test
    void a_map_without_type_information_has_no_layout() {
        int fd = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_HASH, 6, 24, 77, "flows");
        MapFacts.Facts flows = facts.of(RawBpf.id(fd));
        assertEquals(Optional.empty(), flows.key());
        assertEquals(Optional.empty(), flows.value());
        RawBpf.closeAll(fd);
    }

    @Test
    void a_map_that_is_gone_is_said_to_be() {
        assertThrows(KernelException.Gone.class, () -> facts.of(-1));
    }

    private MapFacts.Facts of(LoadedObject object, String map) {
        return facts.of(LibbpfLoader.idOf(Objects.requireNonNull(object.maps().get(map), map)));
    }
}
