package bpfbay.tui.state;

import java.util.List;

/**
 * What a list holds.
 *
 * @param hidden how many more could be chosen but for the filter and the namespace that was chosen
 */
record Offer(List<Menu.Entry> entries, int hidden) {
    Offer {
        entries = List.copyOf(entries);
    }

    static Offer of(List<Menu.Entry> entries) {
        return new Offer(entries, 0);
    }
}
