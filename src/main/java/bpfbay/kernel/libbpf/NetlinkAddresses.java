package bpfbay.kernel.libbpf;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The addresses of one RTM_GETADDR dump: {@code struct ifaddrmsg} and IFA_*. */
record NetlinkAddresses(List<Address> addresses, int damaged) {
    static final int IFADDRMSG = 8;

    private static final int RTM_NEWADDR = 20;
    private static final int IFA_ADDRESS = 1;
    private static final int IFA_LOCAL = 2;

    static final long WANTED = NetlinkRequests.wanted(IFA_ADDRESS, IFA_LOCAL);

    /** One of a device. */
    record Address(int ifindex, InetAddress address) {}

    static NetlinkAddresses decode(NetlinkMessages messages) {
        List<Address> addresses = new ArrayList<>();
        while (messages.next()) {
            if (messages.type() == RTM_NEWADDR && messages.holds(IFADDRMSG)) {
                read(messages, addresses);
            }
        }
        return new NetlinkAddresses(List.copyOf(addresses), messages.damaged());
    }

    /* on a point-to-point device IFA_ADDRESS is the other end, and IFA_LOCAL is there too */
    private static void read(NetlinkMessages messages, List<Address> addresses) {
        int size = InetBytes.size(messages.int8(0));
        byte[] own = {};
        NetlinkAttributes attributes = messages.attributes(IFADDRMSG);
        while (attributes.next()) {
            boolean isLocal = attributes.type() == IFA_LOCAL;
            if (isLocal || (attributes.type() == IFA_ADDRESS && own.length == 0)) {
                own = attributes.bytes();
            }
        }
        if (own.length == size) {
            addresses.add(new Address(messages.int32(4), InetBytes.address(own)));
        } else {
            messages.damage();
        }
    }
}
