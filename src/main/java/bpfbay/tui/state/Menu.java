package bpfbay.tui.state;

import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lines of which one can be chosen. The cursor stays on its entry, whatever comes before it.
 *
 * @param index of the entry under the cursor
 * @param top the first one on the screen
 * @param hidden how many more there were but for the filter
 */
public record Menu(List<Entry> entries, int index, int top, int hidden) {
    private static final String NOTE = "note";

    /**
     * One line.
     *
     * @param key names it among later entries
     * @param choice absent for what only stands there to be read
     */
    public record Entry(String key, Line line, Optional<Choice> choice) {
        static Entry of(String key, Line line, Choice choice) {
            return new Entry(key, line, Optional.of(choice));
        }

        static Entry text(Line line) {
            return new Entry("", line, Optional.empty());
        }
    }

    public Menu {
        entries = List.copyOf(entries);
    }

    static Menu of(List<Entry> entries) {
        return of(Offer.of(entries));
    }

    static Menu of(Offer offer) {
        Menu menu = new Menu(offer.entries(), 0, 0, offer.hidden());
        return new Menu(menu.entries, menu.nearest(0, 1).orElse(0), 0, menu.hidden);
    }

    /** How many can be chosen. */
    public int choices() {
        return (int)
                entries.stream().filter(entry -> entry.choice().isPresent()).count();
    }

    /** As much of the beginning as leaves the cursor on the screen. */
    Menu fromTop(int height) {
        return new Menu(entries, index, 0, hidden).shown(height);
    }

    Optional<Choice> chosen() {
        return index < entries.size() ? entries.get(index).choice() : Optional.empty();
    }

    /** So many entries on; what cannot be chosen is passed by, and scrolls where it stands below all others. */
    Menu moved(int step, int height) {
        int last = lastChoice();
        if (step > 0 && index >= last) {
            boolean isAllSeen = top + height >= entries.size();
            return isAllSeen ? this : scrolled(Math.min(entries.size() - height, top + step), height);
        } else if (step < 0 && index > last && last < top + step) {
            return scrolled(Math.max(0, top + step), height);
        }
        int to = nearest(Math.min(index, Math.max(0, last + 1)) + step, step).orElse(index);
        return new Menu(entries, to, top, hidden).shown(height);
    }

    /** On the last line that is seen then, which is none to choose. */
    private Menu scrolled(int newTop, int height) {
        return new Menu(entries, Math.min(entries.size(), newTop + height) - 1, newTop, hidden);
    }

    /** Whether one is below all that can be chosen. */
    private boolean isBelow(List<Entry> others) {
        return index > lastChoice() && index > new Menu(others, 0, 0, hidden).lastChoice();
    }

    private int lastChoice() {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).choice().isPresent()) {
                return i;
            }
        }
        return -1;
    }

    /** Other entries, the cursor where it was among them. */
    Menu with(Offer offer, int height) {
        List<Entry> others = offer.entries();
        String key = index < entries.size() ? entries.get(index).key() : "";
        for (int i = 0; i < others.size(); i++) {
            if (!key.isEmpty() && others.get(i).key().equals(key)) {
                return new Menu(others, i, Math.max(0, top + i - index), offer.hidden()).shown(height);
            }
        }
        if (isBelow(others) && index < others.size()) {
            return new Menu(others, index, top, offer.hidden()).shown(height);
        }
        Menu other = new Menu(others, index, top, offer.hidden());
        return new Menu(others, other.nearest(index, 1).orElse(0), top, offer.hidden()).shown(height);
    }

    /** As it was, and these lines below it to be read. */
    Menu noting(List<Line> lines) {
        List<Entry> more = new ArrayList<>(entries.stream()
                .filter(entry -> entry.choice().isPresent() || !entry.key().equals(NOTE))
                .toList());
        lines.forEach(line -> more.add(new Entry(NOTE, line, Optional.empty())));
        return new Menu(more, index, top, hidden);
    }

    Menu shown(int height) {
        int last = Math.max(0, entries.size() - height);
        int first = Math.max(0, Math.min(top, last));
        if (index < first) {
            first = index;
        } else if (lastOfEntry() >= first + height) {
            first = Math.min(index, lastOfEntry() - height + 1);
        }
        boolean isAllTextAbove = entries.subList(0, Math.min(index, entries.size())).stream()
                .allMatch(entry -> entry.choice().isEmpty());
        return new Menu(entries, index, isAllTextAbove && index < height ? 0 : first, hidden);
    }

    /** The last line that is about the entry under the cursor: all below it up to the next one that can be chosen. */
    private int lastOfEntry() {
        int end = index;
        while (chosen().isPresent()
                && end + 1 < entries.size()
                && entries.get(end + 1).choice().isEmpty()) {
            end++;
        }
        return end;
    }

    private Optional<Integer> nearest(int wanted, int step) {
        int start = Math.max(0, Math.min(entries.size() - 1, wanted));
        int way = step < 0 ? -1 : 1;
        for (int turn : new int[] {way, -way}) {
            for (int i = start; i >= 0 && i < entries.size(); i += turn) {
                if (entries.get(i).choice().isPresent()) {
                    return Optional.of(i);
                }
            }
        }
        return Optional.empty();
    }
}
