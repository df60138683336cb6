package bpfbay.model;

/** One program on a device's XDP hook. Source: IFLA_XDP; XDP_ATTACHED_MULTI gives one for each mode. */
public record XdpState(int ifindex, XdpMode mode, int progId) {}
