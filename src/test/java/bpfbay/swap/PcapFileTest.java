package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.swap.PcapFile.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PcapFileTest {
    private static final int MICROSECONDS = 0xa1b2c3d4;
    private static final int NANOSECONDS = 0xa1b23c4d;

    @Test
    void both_byte_orders_and_both_clocks_are_read() {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (int magic : new int[] {MICROSECONDS, NANOSECONDS}) {
                Recording recording = read(samples(order, magic));
                assertEquals(SamplePackets.all().size(), recording.packets().size());
                assertEquals(
                        SamplePackets.all().get(3).bytes(),
                        recording.packets().get(3).bytes());
                assertEquals(Optional.empty(), recording.remark());
            }
        }
    }

    @Test
    void a_packet_that_was_cut_when_recorded_says_so() {
        byte[] file = file(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 1, new byte[64]);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(36, 1500);
        assertEquals("packet 1 (64 of 1500 bytes)", read(file).packets().get(0).name());
    }

    @Test
    void no_more_than_a_thousand_packets_are_used() {
        byte[][] many = new byte[1001][60];
        Recording recording = read(file(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 1, many));
        assertEquals(1000, recording.packets().size());
        assertEquals(Optional.of("only the first 1000 packets are used"), recording.remark());
    }

    @Test
    void what_lies_before_the_damage_is_used_and_the_damage_is_named() {
        byte[] file = file(ByteOrder.LITTLE_ENDIAN, MICROSECONDS, 1, new byte[60], new byte[60]);
        assertEquals(
                Optional.of("it ends within packet 2"),
                read(Arrays.copyOf(file, file.length - 1)).remark());
        assertEquals(
                Optional.of("it ends within the header of packet 2"),
                read(Arrays.copyOf(file, file.length - 70)).remark());
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 16 + 60 + 8, -1);
        assertEquals(
                Optional.of("packet 2 claims 4294967295 bytes: the file is damaged there"),
                read(file).remark());
    }

    @Test
    void other_files_are_refused_in_one_clear_line() {
        assertEquals("FILE is no pcap file: it is too short", refusal(new byte[3]));
        assertEquals("FILE is no pcap file", refusal(new byte[400]));
        assertEquals(
                "FILE is pcapng, which is not read: editcap -F pcap makes a pcap file of it",
                refusal(new byte[] {0x0a, 0x0d, 0x0d, 0x0a, 0, 0, 0, 28}));
        assertEquals(
                "FILE holds no Ethernet packets but link type 113",
                refusal(file(ByteOrder.BIG_ENDIAN, MICROSECONDS, 113, new byte[60])));
        assertEquals("FILE holds no packet", refusal(file(ByteOrder.BIG_ENDIAN, MICROSECONDS, 1)));
        NotUnderstoodException directory =
                assertThrows(NotUnderstoodException.class, () -> PcapFile.read(Path.of("/proc")));
        assertEquals("/proc is no file", directory.getMessage());
    }

    @Property(tries = 300)
    void a_damaged_recording_is_read_in_part_or_refused(
            @ForAll @IntRange(min = 0, max = 400) int at,
            @ForAll byte value,
            @ForAll @IntRange(min = 0, max = 600) int length) {
        byte[] file = samples(ByteOrder.LITTLE_ENDIAN, MICROSECONDS);
        file[at] = value;
        try {
            assertFalse(read(Arrays.copyOf(file, length)).packets().isEmpty());
        } catch (NotUnderstoodException refused) {
            assertTrue(String.valueOf(refused.getMessage()).lines().count() == 1);
        }
    }

    private static String refusal(byte[] bytes) {
        Path file = written(bytes);
        try {
            return String.valueOf(assertThrows(NotUnderstoodException.class, () -> PcapFile.read(file))
                            .getMessage())
                    .replace(file.toString(), "FILE");
        } finally {
            assertTrue(file.toFile().delete());
        }
    }

    private static Recording read(byte[] bytes) {
        Path file = written(bytes);
        try {
            return PcapFile.read(file);
        } finally {
            assertTrue(file.toFile().delete());
        }
    }

    private static Path written(byte[] bytes) {
        try {
            return Files.write(Files.createTempFile("packets", ".pcap"), bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] samples(ByteOrder order, int magic) {
        return file(
                order,
                magic,
                1,
                SamplePackets.all().stream()
                        .map(packet -> packet.bytes().toArray())
                        .toArray(byte[][]::new));
    }

    private static byte[] file(ByteOrder order, int magic, int linkType, byte[]... packets) {
        int size = 24
                + Arrays.stream(packets).mapToInt(packet -> 16 + packet.length).sum();
        ByteBuffer out = ByteBuffer.allocate(size).order(order);
        out.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(linkType);
        for (byte[] packet : packets) {
            out.putLong(0).putInt(packet.length).putInt(packet.length).put(packet);
        }
        return out.array();
    }
}
