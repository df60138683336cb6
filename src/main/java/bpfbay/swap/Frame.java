package bpfbay.swap;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Headers of packets, laid out and summed as RFC 791, 8200, 9293, 768, 792 and 4443 say. */
final class Frame {
    static final int ETH_IPV4 = 0x0800;
    static final int ETH_ARP = 0x0806;
    static final int ETH_IPV6 = 0x86dd;
    static final int ICMP = 1;
    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMPV6 = 58;
    static final int ICMP_ECHO = 8;
    static final int ICMPV6_ECHO = 128;

    private static final int ETH_VLAN = 0x8100;
    private static final byte[] SENDER = hex("020000000001");
    private static final byte[] RECEIVER = hex("020000000002");
    /* 192.0.2.1 and .2, 2001:db8::1 and ::2 */
    private static final byte[] SENDER4 = hex("c0000201");
    private static final byte[] RECEIVER4 = hex("c0000202");
    private static final byte[] SENDER6 = hex("20010db8000000000000000000000001");
    private static final byte[] RECEIVER6 = hex("20010db8000000000000000000000002");
    private static final int TTL = 64;
    private static final int SYN = 2;

    private Frame() {}

    static byte[] ethernet(int type, byte[] payload) {
        return ByteBuffer.allocate(14 + payload.length)
                .put(RECEIVER)
                .put(SENDER)
                .putShort((short) type)
                .put(payload)
                .array();
    }

    /** With an 802.1Q tag. */
    static byte[] tagged(int vlan, int type, byte[] payload) {
        byte[] inner = ByteBuffer.allocate(4 + payload.length)
                .putShort((short) vlan)
                .putShort((short) type)
                .put(payload)
                .array();
        return ethernet(ETH_VLAN, inner);
    }

    /** Who has the receiver's address? */
    static byte[] arp() {
        return ByteBuffer.allocate(28)
                .put(hex("0001080006040001"))
                .put(SENDER)
                .put(SENDER4)
                .put(new byte[6])
                .put(RECEIVER4)
                .array();
    }

    /** The segment's checksum is filled in as well. */
    static byte[] ipv4(int protocol, byte[] segment) {
        byte[] pseudo = protocol == ICMP
                ? new byte[0]
                : ByteBuffer.allocate(12)
                        .put(SENDER4)
                        .put(RECEIVER4)
                        .putShort((short) protocol)
                        .putShort((short) segment.length)
                        .array();
        byte[] header = ByteBuffer.allocate(20)
                .put((byte) 0x45)
                .put((byte) 0)
                .putShort((short) (20 + segment.length))
                .putInt(0)
                .put((byte) TTL)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(SENDER4)
                .put(RECEIVER4)
                .array();
        ByteBuffer.wrap(header).putShort(10, (short) checksum(new byte[0], header));
        return join(header, summed(protocol, pseudo, segment));
    }

    /** The segment's checksum is filled in as well. */
    static byte[] ipv6(int protocol, byte[] segment) {
        byte[] pseudo = ByteBuffer.allocate(40)
                .put(SENDER6)
                .put(RECEIVER6)
                .putInt(segment.length)
                .putInt(protocol)
                .array();
        byte[] header = ByteBuffer.allocate(40)
                .putInt(6 << 28)
                .putShort((short) segment.length)
                .put((byte) protocol)
                .put((byte) TTL)
                .put(SENDER6)
                .put(RECEIVER6)
                .array();
        return join(header, summed(protocol, pseudo, segment));
    }

    static byte[] tcp(int from, int to) {
        return ByteBuffer.allocate(20)
                .putShort((short) from)
                .putShort((short) to)
                .putInt(1)
                .putInt(0)
                .put((byte) (5 << 4))
                .put((byte) SYN)
                .putShort((short) 64240)
                .putInt(0)
                .array();
    }

    static byte[] udp(int from, int to, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) from)
                .putShort((short) to)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    static byte[] icmpEcho(int type, byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .put((byte) type)
                .put(new byte[3])
                .putShort((short) 7)
                .putShort((short) 1)
                .put(payload)
                .array();
    }

    private static byte[] summed(int protocol, byte[] pseudo, byte[] segment) {
        byte[] copy = segment.clone();
        int at =
                switch (protocol) {
                    case TCP -> 16;
                    case UDP -> 6;
                    default -> 2;
                };
        int sum = checksum(pseudo, segment);
        /* in UDP none at all is written as zero */
        ByteBuffer.wrap(copy).putShort(at, (short) (sum == 0 && protocol == UDP ? 0xffff : sum));
        return copy;
    }

    /** RFC 1071, over one after the other; the first is of even length. */
    private static int checksum(byte[] first, byte[] second) {
        long sum = words(first) + words(second);
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }

    private static long words(byte[] bytes) {
        long sum = 0;
        for (int at = 0; at < bytes.length; at++) {
            sum += (long) (bytes[at] & 0xff) << (at % 2 == 0 ? 8 : 0);
        }
        return sum;
    }

    private static byte[] join(byte[] a, byte[] b) {
        return ByteBuffer.allocate(a.length + b.length).put(a).put(b).array();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
