package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Swapper;
import bpfbay.model.BpfMap;
import bpfbay.model.MapType;
import bpfbay.model.ObjectId;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class InfoRecordTest {
    /* struct bpf_prog_info of Linux 6.18, 232 bytes: bpftool shows it as
     * 51: xdp name pass tag 3b185187f1855c4c gpl, xlated 16B jited 39B map_ids 7,8 btf_id 12 */
    private static final String PROGRAM = "0600000033000000" + "3b185187f1855c4c" + "2700000010000000"
            + "0000000000000000".repeat(2) + "00ca9a3b00000000" + "e803000002000000" + "0000000000000000"
            + "70617373000000000000000000000000" + "0000000001000000" + "0000000000000000".repeat(2)
            + "0100000001000000" + "0000000000000000".repeat(2) + "0c00000008000000" + "0000000000000000".repeat(7)
            + "0500000000000000" + "0900000000000000" + "0000000000000000" + "0b00000000000000" + "0000000000000000";

    @Test
    void a_program_is_read_by_the_kernels_offsets() {
        Program program = ProgramDecoder.decode(record(PROGRAM, 2, "0700000008000000", 4096), Instant.EPOCH);
        assertEquals(51, program.id());
        assertEquals("xdp", program.type().label());
        assertEquals("pass", program.name());
        assertEquals("3b185187f1855c4c", program.tag());
        assertEquals(Instant.ofEpochSecond(1), program.loadedAt());
        assertEquals(1000, program.uid());
        assertEquals(Program.License.GPL_COMPATIBLE, program.license());
        assertEquals(16, program.bytesXlated());
        assertEquals(39, program.bytesJited());
        assertEquals(OptionalLong.of(4096), program.bytesMemlock());
        assertEquals(11, program.verifiedInsns());
        assertEquals(List.of(7, 8), program.mapIds());
        assertEquals(OptionalInt.of(12), program.btfId());
        assertTrue(program.expectedAttachType() instanceof Reading.NotAsked);
    }

    @Test
    void a_program_of_a_kernel_that_says_less_has_less() {
        String first = PROGRAM.substring(0, 2 * 104);
        Program program = ProgramDecoder.decode(record(first, 0, "", 0), Instant.EPOCH);
        assertEquals("pass", program.name());
        assertEquals(OptionalInt.empty(), program.btfId());
        assertEquals(OptionalLong.empty(), program.bytesMemlock());
        assertEquals(0, program.verifiedInsns());
    }

    @Test
    void a_program_type_of_a_later_kernel_keeps_its_row() {
        Program program = ProgramDecoder.decode(record("3d" + PROGRAM.substring(2), 0, "", 0), Instant.EPOCH);
        assertEquals("prog_type_61", program.type().label());
    }

    @Test
    void bytes_without_sense_are_decoded_and_never_refused() {
        Program program = ProgramDecoder.decode(record("ff".repeat(232), 0, "", -1), Instant.EPOCH);
        assertEquals("ffffffffffffffff", program.tag());
        assertEquals("\udcff".repeat(16), program.name());
    }

    @Test
    void an_object_that_went_has_only_its_error() {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
        bytes.putInt(0, 16).putInt(4, 2).putInt(8, 99).putInt(12, 2);
        InfoRecord record = InfoRecord.at(HostBytes.copyOf(bytes), 0);
        assertEquals(ObjectId.Kind.MAP, record.kind());
        assertEquals(99, record.id());
        assertTrue(ObjectInfos.isPassing(record.error()));
    }

    @Test
    void a_map_is_read_by_the_kernels_offsets() {
        KernelStruct info = new InfoBuilder(88)
                .u32(0, 1)
                .u32(4, 7)
                .u32(8, 6)
                .u32(12, 24)
                .u32(16, -1)
                .u32(20, 1)
                .text(24, "flows")
                .u32(64, 12)
                .u32(68, 3)
                .u32(72, 5)
                .struct();
        assertEquals(
                new BpfMap(7, MapType.HASH, "flows", 6, 24, -1, 1, OptionalInt.of(12), 3, 5),
                MapDecoder.decode(7, info));
    }

    @Test
    void what_lies_behind_the_end_of_an_older_struct_reads_as_nothing() {
        KernelStruct info = new InfoBuilder(8).u32(0, -1).struct();
        assertEquals("", info.text(64, 16));
        assertEquals(0, info.u32(64));
        assertEquals(0, info.u64(64));
        assertArrayEquals(new byte[4], info.array(64, 4));
    }

    @Test
    void a_device_that_runs_the_program_is_named_by_its_namespace_and_number() {
        KernelStruct offloaded = new InfoBuilder(232)
                .u32(4, 51)
                .u32(80, 7)
                .u64(88, 4)
                .u64(96, 4026531840L)
                .struct();
        assertEquals(Optional.of(new Swapper.Bound.Offloaded(4026531840L, 7)), LibbpfSwapper.bound(offloaded));
        assertEquals(
                Optional.empty(),
                LibbpfSwapper.bound(new KernelStruct(
                        ByteBuffer.wrap(HexFormat.of().parseHex(PROGRAM)).order(ByteOrder.nativeOrder()))));
    }

    private static InfoRecord record(String infoHex, int extra, String behindHex, long memlock) {
        byte[] info = HexFormat.of().parseHex(infoHex);
        byte[] behind = HexFormat.of().parseHex(behindHex);
        int space = (info.length + 7) & ~7;
        ByteBuffer bytes =
                ByteBuffer.allocate(InfoRecord.BYTES + space + behind.length).order(ByteOrder.nativeOrder());
        bytes.putInt(0, bytes.capacity()).putInt(8, 51).putInt(16, info.length).putInt(20, space);
        bytes.putInt(24, extra).putLong(32, memlock);
        bytes.put(InfoRecord.BYTES, info).put(InfoRecord.BYTES + space, behind);
        return InfoRecord.at(HostBytes.copyOf(bytes), 0);
    }
}
