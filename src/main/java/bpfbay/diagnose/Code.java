package bpfbay.diagnose;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of finding, by the names that scripts depend on. */
public enum Code {
    /** A program is attached while a later loaded kin of it is pinned or held and used nowhere. */
    SUPERSEDED_ATTACHMENT,
    /** Programs of one name stand more than once in the way of one packet. */
    DUPLICATE_ATTACHMENT,
    /** Kin of different builds on like hooks of several interfaces. */
    VERSION_SKEW,
    /** It is attached and does not run, while one in front of it does. */
    SHADOWED_ATTACHMENT,
    /** The attached program and its later loaded namesake use different maps of the same name. */
    MAP_SPLIT,
    /** The attachment hangs on a process's descriptor of its link alone. */
    DIES_WITH_PROCESS,
    /** A pin holds an older build than the attached kin. */
    PIN_BEHIND,
    /** A link whose only pin is in a bpffs of another mount namespace, or under a second bpffs. */
    PIN_LIFETIME,
    /** Generic XDP on a device whose driver does native. */
    GENERIC_XDP,
    /** Something else than the manifest says. */
    NOT_AS_DECLARED,
    /** Nobody can name the source of what is attached. */
    ORPHAN_ATTACHMENT,
    /** A link that is pinned or held and attached to nothing. */
    DETACHED_LINK,
    /** The same place, another program, not by bpfbay. */
    REPLACED_UNDERNEATH,
    /** An attachment is gone while what it was attached to is still there. */
    VANISHED,
    /** An interface went to another namespace, or a number names another device now. */
    MOVED_DEVICE,
    /** The same programs of a chain in another order. */
    CHAIN_REORDERED,
    /** A rule of the file of known findings has expired. */
    IGNORE_EXPIRED,
    /** A rule of the file of known findings matches nothing that was found. */
    IGNORE_UNUSED;

    /** {@code superseded-attachment}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Code> byLabel(String label) {
        return Arrays.stream(values())
                .filter(code -> code.label().equals(label))
                .findFirst();
    }
}
