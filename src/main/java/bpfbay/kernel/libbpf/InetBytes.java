package bpfbay.kernel.libbpf;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Internet addresses as the kernel writes them. */
final class InetBytes {
    static final byte AF_INET = 2;
    static final byte AF_INET6 = 10;

    private InetBytes() {}

    static int size(byte family) {
        return family == AF_INET6 ? 16 : 4;
    }

    static byte family(InetAddress address) {
        return address.getAddress().length == 16 ? AF_INET6 : AF_INET;
    }

    /** Of 4 or 16 bytes; an IPv4 address that is mapped into IPv6 comes out as IPv4. */
    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalArgumentException(Arrays.toString(bytes), wrongLength);
        }
    }
}
