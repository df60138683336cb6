package bpfbay.history;

/** What of a thing may become another while it stays the same thing. */
public enum Aspect {
    PROGRAM,
    LINK,
    /** Where it stands: position, XDP mode, the device's name, what a link attaches to. */
    PLACE,
    OWNERS,
    PINS
}
