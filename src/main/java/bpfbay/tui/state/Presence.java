package bpfbay.tui.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Who looks on: on a shared screen the keys that were pressed last are shown, and before strangers names are
 * replaced.
 *
 * @param keys the last ones, the latest at the end; always empty where one is alone
 */
public record Presence(Company company, Names names, List<String> keys) {
    private static final int MOST = 8;

    public static final Presence ALONE = new Presence(Company.NONE, Names.EXACT, List.of());
    public static final Presence SHARED = new Presence(Company.MANY, Names.EXACT, List.of());

    /** Whether others look on. */
    public enum Company {
        NONE,
        MANY
    }

    /** Whether what is shown has its own names. */
    public enum Names {
        EXACT,
        /** Others stand for those of host, processes, cgroups and paths. */
        REPLACED
    }

    public Presence {
        keys = List.copyOf(keys);
    }

    public Presence redacted() {
        return new Presence(company, Names.REPLACED, keys);
    }

    Presence pressed(Key key) {
        if (company == Company.NONE) {
            return this;
        }
        List<String> more = new ArrayList<>(keys);
        more.add(key.label());
        return new Presence(company, names, more.subList(Math.max(0, more.size() - MOST), more.size()));
    }
}
