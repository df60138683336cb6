package bpfbay.model;

/**
 * One argument as a shell reads it back, in printable ASCII whatever the argument holds: what is neither a
 * plain word nor plain text stands byte by byte in {@code $'…'}, which bash, zsh, ksh and POSIX.1-2024 know.
 */
public final class ShellQuote {
    private static final String PLAIN = "_./:=@%+,-";

    private ShellQuote() {}

    public static String quote(String argument) {
        if (!argument.isEmpty() && argument.chars().allMatch(ShellQuote::isPlain)) {
            return argument;
        } else if (argument.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            return "'" + argument.replace("'", "'\\''") + "'";
        }
        StringBuilder out = new StringBuilder("$'");
        for (byte b : RawText.encode(argument)) {
            if (b == '\'' || b == '\\') {
                out.append('\\').append((char) b);
            } else if (b >= 0x20 && b < 0x7f) {
                out.append((char) b);
            } else {
                out.append(octal(b & 0xff));
            }
        }
        return out.append('\'').toString();
    }

    /** The directory of a cgroup, given its path in the hierarchy, which is mounted elsewhere on each sort of host. */
    public static String cgroup(String path) {
        return "\"$(findmnt -fnt cgroup2 -o TARGET)\"" + (path.equals("/") ? "" : quote(path));
    }

    /* octal and three digits: a shell would take a digit that follows \x1b into the number */
    private static String octal(int b) {
        return "\\" + (b >> 6) + (b >> 3 & 7) + (b & 7);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
    }
}
