package bpfbay.tui.table;

import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Finding;
import bpfbay.history.Identity;
import bpfbay.history.Recent;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.NetNamespace;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the rows of a view, once for each snapshot, filter and order. */
public final class TableBuilder {
    private final Snapshot snapshot;
    private final Recent recent;
    private final Diagnosis diagnosis;
    private final NetnsChoice netns;
    private final long own;

    public TableBuilder(Snapshot snapshot, Recent recent, Diagnosis diagnosis, NetnsChoice netns) {
        this.snapshot = snapshot;
        this.recent = recent;
        this.diagnosis = diagnosis;
        this.netns = netns;
        this.own = own(snapshot);
    }

    private static long own(Snapshot snapshot) {
        for (NetNamespace namespace : snapshot.namespaces()) {
            if (namespace.isOwn()) {
                return namespace.inode();
            }
        }
        return 0;
    }

    public Table build(View view, Filter filter, Sort sort) {
        List<Column> columns = IdColumns.fitted(ColumnSet.of(view), snapshot);
        List<Row.Item> all = items(view, sort);
        int total = present(all);
        List<Row.Item> kept = all;
        if (filter.isActive()) {
            Filter.Matcher matcher = filter.matcher();
            kept = all.stream().filter(item -> matcher.matches(look(item))).toList();
        }
        return new Table(columns, noted(arrange(view, kept, columns, sort)), total, present(kept), sort);
    }

    /** How many are not gone. */
    private static int present(List<Row.Item> items) {
        int present = 0;
        for (Row.Item item : items) {
            present += item.isGone() ? 0 : 1;
        }
        return present;
    }

    private List<Row> arrange(View view, List<Row.Item> items, List<Column> columns, Sort sort) {
        Optional<Column> by = sort.column().flatMap(title -> titled(columns, title));
        if (by.isPresent()) {
            return sort.apply(List.copyOf(items), by.get(), this::look);
        } else if (view == View.ATTACHMENTS) {
            return grouped(items);
        }
        return List.copyOf(items);
    }

    private static Optional<Column> titled(List<Column> columns, String title) {
        return columns.stream().filter(column -> column.title().equals(title)).findFirst();
    }

    /** Each finding of warning or worse once, under the first row that it is about. */
    private List<Row> noted(List<Row> rows) {
        List<Finding> left = new ArrayList<>(diagnosis.bad());
        if (left.isEmpty()) {
            return rows;
        }
        List<Row> noted = new ArrayList<>(rows.size() + left.size());
        for (Row row : rows) {
            noted.add(row);
            if (row instanceof Row.Item item) {
                for (Iterator<Finding> rest = left.iterator(); rest.hasNext(); ) {
                    Finding finding = rest.next();
                    if (finding.rows().contains(item.identity())) {
                        noted.add(new Row.Note(finding.severity(), finding.title()));
                        rest.remove();
                    }
                }
            }
        }
        return noted;
    }

    private Look look(Row.Item item) {
        return Look.at(item, snapshot, recent);
    }

    private List<Row.Item> items(View view, Sort sort) {
        List<Row.Item> items =
                switch (view) {
                    case ATTACHMENTS -> attachments(a -> netns.includes(a) && !isOwn(a), sort);
                    case CGROUPS -> attachments(a -> a.place() instanceof Place.Cgroup, sort);
                    case PROGRAMS -> plain(snapshot.programs(), Thing.Loaded::new);
                    case LINKS -> plain(snapshot.links(), Thing.Linked::new);
                    case MAPS -> plain(snapshot.maps(), Thing.Mapped::new);
                    case PINS -> plain(snapshot.pins(), Thing.Pinned::new);
                };
        for (Recent.Tombstone stone : recent.tombstones().values()) {
            if (belongs(view, stone.last().thing())) {
                items.add(Burial.place(items, stone), item(stone, sort));
            }
        }
        return items;
    }

    private boolean belongs(View view, Thing thing) {
        return switch (view) {
            case ATTACHMENTS -> thing instanceof Thing.Attached a && netns.includes(a.attachment());
            case CGROUPS -> thing instanceof Thing.Attached a && a.attachment().place() instanceof Place.Cgroup;
            case PROGRAMS -> thing instanceof Thing.Loaded;
            case LINKS -> thing instanceof Thing.Linked;
            case MAPS -> thing instanceof Thing.Mapped;
            case PINS -> thing instanceof Thing.Pinned;
        };
    }

    /** bpfbay's own iterators stand under programs and links, and never between what others attached. */
    private boolean isOwn(Attachment attachment) {
        return attachment.linkId().isPresent()
                && snapshot.isOwn(ObjectId.link(attachment.linkId().getAsInt()));
    }

    private List<Row.Item> attachments(Predicate<Attachment> which, Sort sort) {
        List<Row.Item> items = new ArrayList<>(snapshot.attachments().size());
        for (Attachment attachment : snapshot.attachments()) {
            if (which.test(attachment)) {
                items.add(new Row.Item(
                        new Thing.Attached(attachment),
                        Identity.of(attachment),
                        Optional.empty(),
                        where(attachment, sort)));
            }
        }
        return items;
    }

    /** Sorted rows stand under no heading, so that each names its namespace. */
    private String where(Attachment attachment, Sort sort) {
        OptionalLong inode = HookText.netns(attachment.place());
        String where = HookText.where(attachment);
        if (sort.column().isEmpty() || inode.isEmpty() || inode.getAsLong() == own) {
            return where;
        }
        return HookText.netnsLabel(snapshot, inode.getAsLong()) + "/" + where;
    }

    private static <T> List<Row.Item> plain(List<T> things, Function<T, Thing> wrap) {
        List<Row.Item> items = new ArrayList<>(things.size());
        for (T each : things) {
            Thing thing = wrap.apply(each);
            items.add(new Row.Item(thing, thing.identity(), Optional.empty(), ""));
        }
        return items;
    }

    private Row.Item item(Recent.Tombstone stone, Sort sort) {
        Thing thing = stone.last().thing();
        String where = thing instanceof Thing.Attached a ? where(a.attachment(), sort) : "";
        return new Row.Item(thing, thing.identity(), Optional.of(stone), where);
    }

    /** Headings before the rows of another namespace, of the cgroups, and of what hangs on neither. */
    private List<Row> grouped(List<Row.Item> items) {
        Map<Group, List<Row.Item>> groups = new LinkedHashMap<>();
        groups.put(new Group.Netns(own), new ArrayList<>());
        snapshot.namespaces().forEach(n -> groups.putIfAbsent(new Group.Netns(n.inode()), new ArrayList<>()));
        for (Row.Item item : items) {
            if (item.thing() instanceof Thing.Attached attached) {
                groups.computeIfAbsent(Group.of(attached.attachment()), g -> new ArrayList<>())
                        .add(item);
            }
        }
        List<Row> rows = new ArrayList<>(items.size() + groups.size());
        groups.forEach((group, members) -> {
            if (!members.isEmpty() && !group.equals(new Group.Netns(own))) {
                rows.add(heading(group));
            }
            rows.addAll(members);
        });
        return rows;
    }

    private Row heading(Group group) {
        if (group instanceof Group.Netns g) {
            String label = HookText.netnsLabel(snapshot, g.inode());
            String inode = Long.toUnsignedString(g.inode());
            return new Row.Heading("netns " + label, label.equals(inode) ? "" : inode);
        }
        return new Row.Heading(group == Group.Rest.CGROUPS ? "cgroups" : "other hooks", "");
    }

    /** What stands together on the first view. */
    sealed interface Group {
        record Netns(long inode) implements Group {
            @Override
            public boolean equals(Object other) {
                return other instanceof Netns that && that.inode == inode;
            }

            @Override
            public int hashCode() {
                return Long.hashCode(inode);
            }
        }

        /** Those with nothing to tell them by. */
        enum Rest implements Group {
            CGROUPS,
            OTHERS
        }

        static Group of(Attachment attachment) {
            OptionalLong inode = HookText.netns(attachment.place());
            if (inode.isPresent()) {
                return new Netns(inode.getAsLong());
            }
            return attachment.place() instanceof Place.Cgroup ? Rest.CGROUPS : Rest.OTHERS;
        }

        /** Whether the first column would say the same of both. */
        static boolean isSame(Attachment a, Attachment b) {
            return HookText.where(a).equals(HookText.where(b)) && of(a).equals(of(b));
        }
    }
}
