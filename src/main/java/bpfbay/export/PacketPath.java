package bpfbay.export;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Attachment;
import bpfbay.model.NetInterface;
import java.util.List;
import java.util.Optional;

/**
 * The hooks that a packet of one interface meets, in the order in which the kernel runs them. It is the
 * order if every program passes the packet on, of the hooks that bpfbay can see.
 */
public record PacketPath(NetInterface device, List<Stage> ingress, List<Stage> egress, List<Neighbour> neighbours) {
    /** What the title of a path says of it. */
    public static final String CLAIM = "the order if every program passes the packet on, of the hooks that can be seen";

    public PacketPath {
        requireNonNull(device, "device");
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
        neighbours = List.copyOf(neighbours);
    }

    /** Every stage there is, in running order; an enum's order is the kernel's. */
    public enum Hook {
        XDP_OFFLOADED("xdp offloaded"),
        XDP_NATIVE("xdp native"),
        NETKIT_PEER("netkit peer"),
        XDP_GENERIC("xdp generic"),
        TCX_INGRESS("tcx ingress"),
        TC_INGRESS("tc ingress"),
        NETFILTER_INGRESS("netfilter prerouting, input"),
        SOCKET_LOOKUP("sk_lookup"),
        CGROUP_INGRESS("cgroup of the receiving socket"),
        NETFILTER_OUTPUT("netfilter output, postrouting"),
        CGROUP_EGRESS("cgroup of the sending socket"),
        NETFILTER_EGRESS("netfilter egress"),
        TCX_EGRESS("tcx egress"),
        TC_EGRESS("tc egress"),
        TC_CLASSFUL("tc on the queueing discipline"),
        NETKIT_PRIMARY("netkit primary");

        private final String label;

        Hook(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /**
     * One hook and what is attached to it, in running order; often nothing.
     *
     * @param note what the order alone does not tell, such as on which device it really runs
     */
    public record Stage(Hook hook, List<Attachment> attachments, Optional<String> note) {
        public Stage {
            attachments = List.copyOf(attachments);
        }
    }

    /** How another device is tied to this one. */
    public enum Tie {
        /** Packets come from it: the device below a VLAN, the slaves of a bond, the ports of a bridge. */
        LOWER("lower"),
        /** Packets go on to it: a VLAN on top, the bond or bridge it is part of. */
        UPPER("upper"),
        /** The other end, in another namespace. */
        PEER("peer");

        private final String label;

        Tie(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    /** Another device that the packet meets; its own path is to be asked for by its name. */
    public record Neighbour(Tie tie, String name, Optional<String> kind) {}
}
