package bpfbay.model;

/** Which way a packet goes through a device, seen from the host. */
public enum Direction {
    INGRESS("ingress"),
    EGRESS("egress");

    private final String label;

    Direction(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
