package bpfbay.tui.state;

import java.util.ArrayList;
import java.util.List;

/**
 * Who looks on: on a shared screen the keys that were pressed last are shown.
 *
 * @param keys the last ones, the latest at the end; always empty where one is alone
 */
public record Presence(Company company, List<String> keys) {
    private static final int MOST = 8;

    public static final Presence ALONE = new Presence(Company.NONE, List.of());
    public static final Presence SHARED = new Presence(Company.MANY, List.of());

    /** Whether others look on. */
    public enum Company {
        NONE,
        MANY
    }

    public Presence {
        keys = List.copyOf(keys);
    }

    Presence pressed(Key key) {
        if (company == Company.NONE) {
            return this;
        }
        List<String> more = new ArrayList<>(keys);
        more.add(key.label());
        return new Presence(company, more.subList(Math.max(0, more.size() - MOST), more.size()));
    }
}
