package bpfbay.model;

import java.util.List;
import java.util.OptionalLong;

/**
 * A network namespace that can be reached from here.
 *
 * @param inode of its nsfs file; re-used by the kernel after the namespace is gone
 * @param cookie SO_NETNS_COOKIE, the identity over time (since 5.14)
 * @param names of its files under /run/netns, sorted; often none
 * @param path a file it can be opened by, such as {@code /proc/812/ns/net}
 * @param scope whether it is the one bpfbay runs in
 */
public record NetNamespace(long inode, OptionalLong cookie, List<String> names, String path, Scope scope) {
    /** Whose namespace it is. */
    public enum Scope {
        OWN,
        OTHER
    }

    public NetNamespace {
        names = List.copyOf(names);
    }

    public boolean isOwn() {
        return scope == Scope.OWN;
    }

    /** The word that names it in a ref: the first name that is not a number, else the inode. */
    public String label() {
        for (String name : names) {
            if (!isNumber(name)) {
                return name;
            }
        }
        return Long.toUnsignedString(inode);
    }

    private static boolean isNumber(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
