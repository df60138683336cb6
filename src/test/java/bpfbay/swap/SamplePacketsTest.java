package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As a receiver checks: with the checksum in it, everything that is summed comes to all ones. */
class SamplePacketsTest {
    static Stream<SamplePacket> whole() {
        return SamplePackets.all().stream().filter(packet -> !packet.name().contains("truncated"));
    }

    @ParameterizedTest
    @MethodSource("whole")
    void what_a_receiver_sums_up_is_right(SamplePacket packet) {
        ByteBuffer frame = packet.bytes().buffer().order(ByteOrder.BIG_ENDIAN);
        int at = frame.getShort(12) == (short) 0x8100 ? 18 : 14;
        switch (frame.getShort(at - 2) & 0xffff) {
            case 0x0800 -> ipv4(frame, at);
            case 0x86dd -> ipv6(frame, at);
            default -> assertEquals(0x0806, frame.getShort(at - 2));
        }
    }

    private static void ipv4(ByteBuffer frame, int at) {
        assertEquals(0x45, frame.get(at));
        assertEquals(frame.limit() - at, frame.getShort(at + 2) & 0xffff);
        assertEquals(0xffff, sum(frame, at, at + 20, 0));
        int protocol = frame.get(at + 9);
        int length = frame.limit() - at - 20;
        int pseudo = protocol == 1 ? 0 : sum(frame, at + 12, at + 20, protocol + length);
        assertEquals(0xffff, sum(frame, at + 20, frame.limit(), pseudo));
    }

    private static void ipv6(ByteBuffer frame, int at) {
        int length = frame.getShort(at + 4);
        assertEquals(frame.limit() - at - 40, length);
        assertEquals(
                0xffff, sum(frame, at + 40, frame.limit(), sum(frame, at + 8, at + 40, length + frame.get(at + 6))));
    }

    @Test
    void the_truncated_one_ends_before_its_length() {
        SamplePacket cut = SamplePackets.all().stream()
                .filter(packet -> packet.name().contains("truncated"))
                .findFirst()
                .orElseThrow();
        ByteBuffer frame = cut.bytes().buffer().order(ByteOrder.BIG_ENDIAN);
        assertTrue(frame.getShort(16) > frame.limit() - 14);
    }

    private static int sum(ByteBuffer frame, int from, int to, int start) {
        int sum = start;
        for (int at = from; at < to; at += 2) {
            int word = at + 1 < to ? frame.getShort(at) & 0xffff : (frame.get(at) & 0xff) << 8;
            sum += word;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
