package bpfbay.model;

/** What holds an attachment in its place, and so who can change it and how. */
public enum Via {
    LINK("link"),
    NETLINK("netlink"),
    FILTER("filter"),
    PROG("prog");

    private final String label;

    Via(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }
}
