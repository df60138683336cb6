package bpfbay.kernel;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Endpoint;
import bpfbay.model.NetNamespace;
import bpfbay.model.Reading;
import java.util.List;
import java.util.Optional;

/**
 * The SSH connections that are open now, and the devices that each comes in through, found from the sockets:
 * an environment variable may be dropped or stale. Blocks for milliseconds; any one thread.
 */
public interface SshSessions {
    /** One look at the sockets of all these namespaces, good for as many devices as are asked about. */
    Survey survey(List<NetNamespace> namespaces);

    /**
     * What one look found.
     *
     * @param gaps why it may not be all; each says so as a reading that has no value
     */
    record Survey(List<SshSession> sessions, List<Reading<List<SshSession>>> gaps) {
        public Survey {
            sessions = List.copyOf(sessions);
            gaps = List.copyOf(gaps);
        }

        /**
         * Those that come in through the device, or may. Without a value it cannot be known whether there is
         * one; none is a value, and certain.
         */
        public Reading<List<SshSession>> through(long netns, int ifindex) {
            List<SshSession> found = sessions.stream()
                    .filter(session -> session.way(netns, ifindex).isPresent())
                    .toList();
            return found.isEmpty() && !gaps.isEmpty() ? gaps.get(0) : Reading.of(found);
        }
    }

    /**
     * An established connection that carries SSH, inwards or outwards.
     *
     * @param netns inode of the namespace that the socket is in
     * @param hops every device that its packets come through, or may, the nearest to the socket first
     */
    record SshSession(long netns, Endpoint local, Endpoint remote, Sign sign, List<Hop> hops) {
        public SshSession {
            requireNonNull(local, "local");
            requireNonNull(remote, "remote");
            requireNonNull(sign, "sign");
            hops = List.copyOf(hops);
        }

        /** The hop that is this device; empty where the connection does not come through it. */
        public Optional<Hop> way(long netns, int ifindex) {
            return hops.stream()
                    .filter(hop -> hop.netns() == netns && hop.ifindex() == ifindex)
                    .findFirst();
        }

        /** One line for people: {@code 198.51.100.7:51514 to 192.0.2.1:22, held by sshd 812}. */
        public String label() {
            return remote.label() + " to " + local.label() + ", " + sign.label();
        }
    }

    /**
     * How a connection is known to be SSH.
     *
     * @param label in a few words, such as {@code held by sshd 812}
     */
    record Sign(Kind kind, String label) {
        /** The surest first. */
        public enum Kind {
            /** A process named as an SSH server or client holds the socket. */
            HOLDER,
            /** It came in at a port where such a process listens. */
            LISTENER,
            /** Nothing but the number 22. */
            PORT
        }

        public Sign {
            requireNonNull(kind, "kind");
            requireNonNull(label, "label");
        }
    }

    /**
     * A device on the way of a connection's packets.
     *
     * @param why in a few words: {@code has its local address}, {@code is a port of br0}, {@code is the route back}
     */
    record Hop(long netns, int ifindex, String name, String why) {
        public Hop {
            requireNonNull(name, "name");
            requireNonNull(why, "why");
        }
    }
}
