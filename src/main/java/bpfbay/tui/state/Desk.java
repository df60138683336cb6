package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.history.Sight;
import bpfbay.tui.cell.Line;
import bpfbay.tui.table.Filter;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.table.Sort;
import bpfbay.tui.table.Table;
import bpfbay.tui.table.View;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What lies open, and where one is in it.
 *
 * @param pages the bottom one is the listing of the view
 * @param filter stays when the view changes
 * @param picked what Space has picked, in any view
 * @param table rows of the top page where it is a table, made of everything else
 * @param text lines of the top page where it is text
 */
public record Desk(
        View view,
        List<Open> pages,
        Map<View, Cursor> cursors,
        Map<View, Sort> sorts,
        Filter filter,
        NetnsChoice netns,
        Set<Identity> picked,
        Table table,
        List<Line> text) {
    /**
     * A page on the desk.
     *
     * @param cursor in its rows; its top is the first line on the screen where the page is text
     */
    public record Open(Page page, Cursor cursor) {}

    public static final Desk HOME = new Desk(
            View.ATTACHMENTS,
            List.of(new Open(new Page.Listing(), Cursor.START)),
            Map.of(),
            Map.of(),
            Filter.NONE,
            NetnsChoice.ALL,
            Set.of(),
            Table.EMPTY,
            List.of());

    public Desk {
        pages = List.copyOf(pages);
        cursors = Map.copyOf(cursors);
        sorts = Map.copyOf(sorts);
        picked = Set.copyOf(picked);
    }

    public Open top() {
        return pages.get(pages.size() - 1);
    }

    public Page page() {
        return top().page();
    }

    public Cursor cursor() {
        return top().cursor();
    }

    public boolean isHome() {
        return pages.size() == 1;
    }

    public Sort sort() {
        return sorts.getOrDefault(view, Sort.RUNNING_ORDER);
    }

    /** The thing under the cursor, or the one whose details are open. */
    public Optional<Identity> selected() {
        return page() instanceof Page.Details details ? Optional.of(details.of()) : cursor().on();
    }

    Desk withCursor(Cursor cursor) {
        List<Open> changed = new ArrayList<>(pages);
        changed.set(pages.size() - 1, new Open(page(), cursor));
        return with(view, changed, cursors);
    }

    /** The details page remembers what it shows now, for when it is gone. */
    Desk seeing(Sight sight) {
        if (!(page() instanceof Page.Details details)) {
            return this;
        }
        List<Open> changed = new ArrayList<>(pages);
        changed.set(pages.size() - 1, new Open(new Page.Details(details.of(), sight), cursor()));
        return with(view, changed, cursors);
    }

    Desk opened(Page page) {
        List<Open> more = new ArrayList<>(pages);
        more.add(new Open(page, Cursor.START));
        return with(view, more, cursors);
    }

    /** Another page in the place of the top one, from its beginning. */
    Desk turned(Page page) {
        List<Open> changed = new ArrayList<>(pages);
        changed.set(pages.size() - 1, new Open(page, Cursor.START));
        return with(view, changed, cursors);
    }

    /** The page as it is by now, wherever it lies; where one is in it stays. */
    Desk amended(Page before, Page now) {
        return with(
                view,
                pages.stream()
                        .map(open -> open.page() == before ? new Open(now, open.cursor()) : open)
                        .toList(),
                cursors);
    }

    /** Without the pages of that kind. */
    Desk without(Predicate<Page> which) {
        return with(
                view, pages.stream().filter(open -> !which.test(open.page())).toList(), cursors);
    }

    /** The topmost page of that kind, wherever it lies. */
    <P extends Page> Optional<P> find(Class<P> kind) {
        for (int i = pages.size() - 1; i >= 0; i--) {
            if (kind.isInstance(pages.get(i).page())) {
                return Optional.of(kind.cast(pages.get(i).page()));
            }
        }
        return Optional.empty();
    }

    Desk closed() {
        return isHome() ? this : with(view, pages.subList(0, pages.size() - 1), cursors);
    }

    /** The listing alone. */
    Desk cleared() {
        return with(view, pages.subList(0, 1), cursors);
    }

    /** Another view, where the cursor is as it was left there. */
    Desk showing(View other) {
        Map<View, Cursor> left = new EnumMap<>(View.class);
        left.putAll(cursors);
        left.put(view, pages.get(0).cursor());
        Cursor cursor = left.getOrDefault(other, Cursor.START);
        return with(other, List.of(new Open(new Page.Listing(), cursor)), left);
    }

    Desk sorted(Sort sort) {
        Map<View, Sort> more = new EnumMap<>(View.class);
        more.putAll(sorts);
        more.put(view, sort);
        return new Desk(view, pages, cursors, more, filter, netns, picked, table, text);
    }

    Desk filtered(Filter other) {
        return new Desk(view, pages, cursors, sorts, other, netns, picked, table, text);
    }

    Desk within(NetnsChoice choice) {
        return new Desk(view, pages, cursors, sorts, filter, choice, picked, table, text);
    }

    Desk toggled(Identity identity) {
        Set<Identity> other = new HashSet<>(picked);
        if (!other.remove(identity)) {
            other.add(identity);
        }
        return new Desk(view, pages, cursors, sorts, filter, netns, other, table, text);
    }

    Desk unpicked() {
        return new Desk(view, pages, cursors, sorts, filter, netns, Set.of(), table, text);
    }

    Desk holding(Table rows, List<Line> lines) {
        return new Desk(view, pages, cursors, sorts, filter, netns, picked, rows, lines);
    }

    private Desk with(View newView, List<Open> newPages, Map<View, Cursor> newCursors) {
        return new Desk(newView, newPages, newCursors, sorts, filter, netns, picked, table, text);
    }
}
