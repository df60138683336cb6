package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sockets of all processes that are named as one speaking SSH: {@code struct shim_socket_row}. */
final class SshProcesses {
    static final int ROW_BYTES = 32;

    private static final List<String> SERVERS = List.of("sshd", "sshd-session", "sshd-auth", "dropbear", "tinysshd");
    private static final List<String> CLIENTS = List.of("ssh", "dbclient");

    private final Map<Long, Holder> bySocket;
    private final int denied;

    private SshProcesses(Map<Long, Holder> bySocket, int denied) {
        this.bySocket = bySocket;
        this.denied = denied;
    }

    /** A process that holds a socket. */
    record Holder(int pid, String comm) {
        boolean isServer() {
            return SERVERS.contains(comm);
        }

        @Override
        public String toString() {
            return comm + " " + Integer.toUnsignedString(pid);
        }
    }

    static SshProcesses look() {
        NativeBuffer rows = new NativeBuffer(1 << 14);
        NativeBuffer denied = new NativeBuffer(8);
        byte[] names = RawText.encode(String.join("\0", SERVERS) + "\0" + String.join("\0", CLIENTS) + "\0\0");
        int filled = Filling.into(
                rows, (address, capacity) -> SocketShim.shim_proc_sockets(names, address, capacity, denied.address()));
        if (filled < 0) {
            throw new KernelException(new Problem("open", "/proc", -filled, "processes are not known without /proc"));
        }
        return new SshProcesses(decode(rows.slice(filled)), denied.view().getInt(0));
    }

    private static Map<Long, Holder> decode(ByteBuffer rows) {
        Map<Long, Holder> bySocket = new HashMap<>();
        byte[] comm = new byte[16];
        for (int at = 0; at + ROW_BYTES <= rows.limit(); at += ROW_BYTES) {
            rows.get(at + 16, comm);
            Holder holder = new Holder(rows.getInt(at), RawText.decodeCString(comm));
            /* the monitor, which began first, and the user's own process hold the same */
            bySocket.merge(rows.getLong(at + 8), holder, (a, b) -> a.pid() < b.pid() ? a : b);
        }
        return bySocket;
    }

    Optional<Holder> holder(TcpSocket socket) {
        return Optional.ofNullable(bySocket.get(socket.inode()));
    }

    /** How many such processes do not show their sockets. */
    int denied() {
        return denied;
    }
}
