package bpfbay.kernel.libbpf;

import bpfbay.model.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP socket: {@code struct inet_diag_msg}.
 *
 * @param state TCP_*
 * @param boundTo ifindex of the device it is bound to, 0 where to none
 * @param inode by which /proc/PID/fd names it
 */
record TcpSocket(int state, Endpoint local, Endpoint remote, int boundTo, long inode) {
    static final int INET_DIAG_MSG = 72;
    static final int ESTABLISHED = 1;
    static final int LISTEN = 10;

    /** Adds those of one dump; returns how many messages could not be read. */
    static int decode(NetlinkMessages messages, List<TcpSocket> sockets) {
        List<TcpSocket> found = new ArrayList<>();
        while (messages.next()) {
            if (messages.holds(INET_DIAG_MSG)) {
                byte family = messages.int8(0);
                found.add(new TcpSocket(
                        messages.int8(1),
                        new Endpoint(InetBytes.address(messages.array(8, InetBytes.size(family))), port(messages, 4)),
                        new Endpoint(InetBytes.address(messages.array(24, InetBytes.size(family))), port(messages, 6)),
                        messages.int32(40),
                        Integer.toUnsignedLong(messages.int32(68))));
            }
        }
        sockets.addAll(found);
        return messages.damaged();
    }

    private static int port(NetlinkMessages messages, int offset) {
        return (messages.int8(offset) & 0xff) << 8 | (messages.int8(offset + 1) & 0xff);
    }
}
