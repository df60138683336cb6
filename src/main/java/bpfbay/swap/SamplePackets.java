package bpfbay.swap;

import bpfbay.model.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Packets of every common kind, whole and with right checksums but for the truncated one. The addresses are
 * those set aside for documentation, so that none is a real host's.
 */
public final class SamplePackets {
    private static final int VLAN = 5;
    private static final int JUMBO = 9000;
    private static final byte[] QUESTION = "which program answers this?".getBytes(StandardCharsets.US_ASCII);

    private SamplePackets() {}

    /** Always the same, in the same order. */
    public static List<SamplePacket> all() {
        List<SamplePacket> all = new ArrayList<>();
        all.add(sample("ARP request", Frame.ethernet(Frame.ETH_ARP, Frame.arp())));
        all.add(sample("IPv4 TCP SYN to port 443", v4(Frame.TCP, Frame.tcp(51515, 443))));
        all.add(sample("IPv4 TCP SYN to port 22", v4(Frame.TCP, Frame.tcp(51515, 22))));
        all.add(sample("IPv4 UDP to port 53", v4(Frame.UDP, Frame.udp(51515, 53, QUESTION))));
        all.add(sample("IPv4 ICMP echo", v4(Frame.ICMP, Frame.icmpEcho(Frame.ICMP_ECHO, QUESTION))));
        all.add(sample("IPv6 TCP SYN to port 443", v6(Frame.TCP, Frame.tcp(51515, 443))));
        all.add(sample("IPv6 UDP to port 53", v6(Frame.UDP, Frame.udp(51515, 53, QUESTION))));
        all.add(sample("IPv6 ICMP echo", v6(Frame.ICMPV6, Frame.icmpEcho(Frame.ICMPV6_ECHO, QUESTION))));
        byte[] tcp = Frame.ipv4(Frame.TCP, Frame.tcp(51515, 443));
        all.add(sample("VLAN 5, IPv4 TCP SYN to port 443", Frame.tagged(VLAN, Frame.ETH_IPV4, tcp)));
        byte[] whole = v4(Frame.TCP, Frame.tcp(51515, 443));
        all.add(sample("IPv4 TCP, truncated in its header", Arrays.copyOf(whole, whole.length - 12)));
        all.add(sample("IPv4 UDP, jumbo of 9000 bytes", v4(Frame.UDP, Frame.udp(51515, 53, new byte[JUMBO - 28]))));
        return List.copyOf(all);
    }

    private static byte[] v4(int protocol, byte[] segment) {
        return Frame.ethernet(Frame.ETH_IPV4, Frame.ipv4(protocol, segment));
    }

    private static byte[] v6(int protocol, byte[] segment) {
        return Frame.ethernet(Frame.ETH_IPV6, Frame.ipv6(protocol, segment));
    }

    private static SamplePacket sample(String name, byte[] bytes) {
        return new SamplePacket(name, Bytes.copyOf(bytes));
    }
}
