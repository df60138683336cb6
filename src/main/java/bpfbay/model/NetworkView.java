package bpfbay.model;

import java.util.List;

/**
 * What one network namespace shows of itself.
 *
 * @param interfaces by ifindex
 * @param filters in running order within (device or block, parent)
 * @param chains those that hold a program
 */
public record NetworkView(
        long netns,
        List<NetInterface> interfaces,
        List<XdpState> xdp,
        List<TcFilter> filters,
        List<DeviceChain> chains,
        List<NetnsHookState> netnsHooks,
        List<Problem> problems) {
    public NetworkView {
        interfaces = List.copyOf(interfaces);
        xdp = List.copyOf(xdp);
        filters = List.copyOf(filters);
        chains = List.copyOf(chains);
        netnsHooks = List.copyOf(netnsHooks);
        problems = List.copyOf(problems);
    }
}
