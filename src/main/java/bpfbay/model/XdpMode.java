package bpfbay.model;

/** Where an XDP program runs: {@code XDP_ATTACHED_DRV}, {@code _SKB} and {@code _HW} of if_link.h. */
public enum XdpMode {
    NATIVE("native"),
    GENERIC("generic"),
    OFFLOADED("offloaded");

    private final String label;

    XdpMode(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
