package bpfbay.model;

import java.net.Inet4Address;
import java.net.InetAddress;

/** One end of a connection; an IPv4 address is one also where the socket is of IPv6. */
public record Endpoint(InetAddress address, int port) {
    /** {@code 192.0.2.1:22} or {@code [2001:db8::1]:22}. */
    public String label() {
        String host = address(address);
        return address instanceof Inet4Address ? host + ":" + port : "[" + host + "]:" + port;
    }

    /** The address as RFC 5952 writes it, without a zone. */
    public static String address(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return address.getHostAddress();
        }
        int from = 0;
        int longest = 1;
        for (int at = 0; at < 8; at++) {
            int length = zeros(bytes, at);
            if (length > longest) {
                from = at;
                longest = length;
            }
        }
        if (longest == 1) {
            return groups(bytes, 0, 8);
        }
        return groups(bytes, 0, from) + "::" + groups(bytes, from + longest, 8);
    }

    private static int zeros(byte[] bytes, int from) {
        int at = from;
        while (at < 8 && group(bytes, at) == 0) {
            at++;
        }
        return at - from;
    }

    private static String groups(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int at = from; at < to; at++) {
            text.append(at == from ? "" : ":").append(Integer.toHexString(group(bytes, at)));
        }
        return text.toString();
    }

    private static int group(byte[] bytes, int at) {
        return (bytes[2 * at] & 0xff) << 8 | (bytes[2 * at + 1] & 0xff);
    }
}
