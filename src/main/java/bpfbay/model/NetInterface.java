package bpfbay.model;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network device, identified by (netns, ifindex); the name may change under it. Source: RTM_NEWLINK.
 *
 * @param netns inode of its namespace
 * @param isUp IFF_UP
 * @param kind IFLA_INFO_KIND, such as {@code veth}; hardware drivers give none
 * @param lower IFLA_LINK where it is in this namespace: what a VLAN stands on
 * @param peer IFLA_LINK of a veth, netkit or vxcan: its other end; and where it is in another namespace, by
 *     IFLA_LINK_NETNSID
 * @param master IFLA_MASTER: the bridge or bond it is enslaved to
 * @param nativeXdp whether its driver runs XDP itself: NETDEV_A_DEV_XDP_FEATURES has the basic ones
 */
public record NetInterface(
        long netns,
        int ifindex,
        String name,
        boolean isUp,
        int mtu,
        Optional<String> kind,
        OptionalInt lower,
        OptionalInt peer,
        OptionalInt master,
        Reading<Boolean> nativeXdp) {
    /** Of a device without a generic program nobody wants to know. */
    public static final Reading<Boolean> NOT_ASKED = new Reading.NotAsked<>("asked only beside generic XDP");

    public NetInterface withNativeXdp(Reading<Boolean> value) {
        return new NetInterface(netns, ifindex, name, isUp, mtu, kind, lower, peer, master, value);
    }
}
