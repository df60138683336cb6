package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SshSessions.Sign;
import bpfbay.kernel.SshSessions.SshSession;
import bpfbay.kernel.SshSessions.Survey;
import bpfbay.model.NetNamespace;
import bpfbay.model.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One look for SSH connections: the processes first, then the sockets of each namespace. */
final class SshSurvey {
    private static final int SSH = 22;
    private static final int STATES = 1 << TcpSocket.ESTABLISHED | 1 << TcpSocket.LISTEN;
    /* PROC_PID_INIT_INO */
    private static final String FIRST_PID_NAMESPACE = "pid:[4026531836]";

    private final NetlinkSource netlink;
    private final List<NetNamespace> namespaces;
    private final NetlinkRequests requests = new NetlinkRequests();
    private final SshProcesses processes = SshProcesses.look();
    private final Surroundings surroundings;
    private final List<SshSession> sessions = new ArrayList<>();
    private final List<Reading<List<SshSession>>> gaps = new ArrayList<>();

    SshSurvey(NetlinkSource netlink, List<NetNamespace> namespaces) {
        this.netlink = netlink;
        this.namespaces = namespaces;
        surroundings = new Surroundings(netlink, namespaces);
    }

    Survey survey() {
        for (NetNamespace namespace : namespaces) {
            try {
                add(namespace, sockets(namespace));
            } catch (KernelException failed) {
                gap(failed);
            }
        }
        surroundings.failures().forEach(this::gap);
        if (processes.denied() > 0) {
            gaps.add(
                    ProcAccess.isPrivileged()
                            ? new Reading.NotAsked<>("an SSH process hides its sockets even from CAP_SYS_PTRACE")
                            : new Reading.Denied<>("CAP_SYS_PTRACE"));
        }
        if (!seesAllProcesses()) {
            gaps.add(new Reading.NotAsked<>("SSH servers of other pid namespaces cannot be seen from this one"));
        }
        return new Survey(sessions, gaps);
    }

    private void gap(KernelException failed) {
        if (failed instanceof KernelException.Gone) {
            /* its connections went with it */
            return;
        }
        String hint = failed.problem().hint();
        gaps.add(
                failed instanceof KernelException.Denied && hint.startsWith("needs ")
                        ? new Reading.Denied<>(hint.substring("needs ".length()))
                        : new Reading.NotAsked<>(String.valueOf(failed.getMessage())));
    }

    private List<TcpSocket> sockets(NetNamespace namespace) {
        requests.clear();
        requests.tcpSockets(InetBytes.AF_INET, STATES);
        requests.tcpSockets(InetBytes.AF_INET6, STATES);
        NetlinkDump dump = netlink.dump(namespace, requests);
        List<TcpSocket> sockets = new ArrayList<>();
        for (NetlinkDump.Reply reply : dump.replies()) {
            int damaged = TcpSocket.decode(dump.messages(reply), sockets);
            incomplete(namespace, reply, damaged).ifPresent(gaps::add);
        }
        return sockets;
    }

    private static Optional<Reading<List<SshSession>>> incomplete(
            NetNamespace namespace, NetlinkDump.Reply reply, int damaged) {
        if (reply.errno() == Errno.ENOENT) {
            return Optional.of(new Reading.Unsupported<>("CONFIG_INET_DIAG and CONFIG_INET_TCP_DIAG"));
        }
        String object = NetlinkSource.objectOf(namespace);
        if (reply.errno() != 0) {
            return Optional.of(
                    new Reading.NotAsked<>("SOCK_DIAG_BY_FAMILY " + object + ": " + Errno.name(reply.errno())));
        }
        return reply.isInterrupted() || damaged > 0
                ? Optional.of(new Reading.NotAsked<>("the list of sockets of " + object + " may be incomplete"))
                : Optional.empty();
    }

    private void add(NetNamespace namespace, List<TcpSocket> sockets) {
        Set<Integer> ports = sockets.stream()
                .filter(socket -> socket.state() == TcpSocket.LISTEN)
                .filter(socket -> processes
                        .holder(socket)
                        .filter(SshProcesses.Holder::isServer)
                        .isPresent())
                .map(socket -> socket.local().port())
                .collect(Collectors.toSet());
        for (TcpSocket socket : sockets) {
            if (socket.state() == TcpSocket.ESTABLISHED) {
                sign(socket, ports).ifPresent(sign -> add(namespace, socket, sign));
            }
        }
    }

    private Optional<Sign> sign(TcpSocket socket, Set<Integer> ports) {
        Optional<SshProcesses.Holder> holder = processes.holder(socket);
        if (holder.isPresent()) {
            return Optional.of(new Sign(Sign.Kind.HOLDER, "held by " + holder.get()));
        }
        int local = socket.local().port();
        if (ports.contains(local)) {
            return Optional.of(new Sign(Sign.Kind.LISTENER, "at port " + local + ", where an SSH server listens"));
        }
        return local == SSH || socket.remote().port() == SSH
                ? Optional.of(new Sign(Sign.Kind.PORT, "by its port 22"))
                : Optional.empty();
    }

    private void add(NetNamespace namespace, TcpSocket socket, Sign sign) {
        PacketWay way = PacketWay.of(surroundings, namespace.inode(), socket);
        SshSession session = new SshSession(namespace.inode(), socket.local(), socket.remote(), sign, way.hops());
        sessions.add(session);
        way.openEnds().forEach(why -> gaps.add(new Reading.NotAsked<>(session.label() + ": " + why)));
    }

    private static boolean seesAllProcesses() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/thread-self/ns/pid"))
                    .toString()
                    .equals(FIRST_PID_NAMESPACE);
        } catch (IOException hidden) {
            return false;
        }
    }
}
