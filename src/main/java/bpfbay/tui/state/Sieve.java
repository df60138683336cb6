package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Filter;
import bpfbay.tui.table.NetnsChoice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Takes up what the filter lets through of a list, and counts the rest. */
final class Sieve {
    private final Page.Subject subject;
    private final boolean isFiltered;
    private final Filter.Matcher filter;
    private final NetnsChoice netns;
    private final List<Menu.Entry> kept = new ArrayList<>();
    private int passed;
    private int hidden;

    private Sieve(Page.Subject subject, Filter filter, NetnsChoice netns) {
        this.subject = subject;
        this.isFiltered = filter.isActive();
        this.filter = filter.matcher();
        this.netns = netns;
    }

    /** By what entries say. */
    static Sieve of(Page.Subject subject, State state) {
        return new Sieve(subject, state.filter(), NetnsChoice.ALL);
    }

    /** By the namespace of what they are about, too. */
    static Sieve within(Page.Subject subject, State state) {
        return new Sieve(subject, state.filter(), state.desk().netns());
    }

    /** Whether an entry stays that says this. */
    boolean passes(List<String> said) {
        return passes(said, List.of());
    }

    /** Whether one stays that says this about those. */
    boolean passes(List<String> said, Collection<Identity> about) {
        boolean isKept = (netns.equals(NetnsChoice.ALL) || about.stream().anyMatch(netns::includes))
                && (!isFiltered || filter.matches(said));
        passed += isKept ? 1 : 0;
        hidden += isKept ? 0 : 1;
        return isKept;
    }

    void add(Menu.Entry entry) {
        kept.add(entry);
    }

    /** What stands there to be read, whatever the filter is. */
    void read(List<Line> lines) {
        lines.forEach(line -> kept.add(Menu.Entry.text(line)));
    }

    /** Where nothing was left it says why. */
    Offer offer() {
        if (passed > 0 || hidden == 0) {
            return new Offer(kept, hidden);
        }
        List<Menu.Entry> told = new ArrayList<>();
        String none = " None of " + subject.counted(hidden);
        told.add(Menu.Entry.text(
                Line.of(isFiltered ? none + " fits the filter." : none + " is of this network namespace.", Ink.TITLE)));
        told.add(Menu.Entry.text(
                Line.of(isFiltered ? " Esc drops it, / changes it." : " n shows those of all namespaces.", Ink.DIM)));
        told.addAll(kept);
        return new Offer(told, hidden);
    }
}
