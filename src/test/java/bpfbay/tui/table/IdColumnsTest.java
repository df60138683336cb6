package bpfbay.tui.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.Device;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdColumnsTest {
    private static final List<Column> HOME = ColumnSet.of(View.ATTACHMENTS);

    @Test
    void short_ids_change_nothing() {
        assertEquals(HOME, IdColumns.fitted(HOME, Snapshots.edge()));
    }

    @Test
    void a_long_id_is_shown_whole_at_the_cost_of_the_path() {
        List<Column> fitted = IdColumns.fitted(
                HOME,
                new SnapshotBuilder()
                        .program(-1, ProgType.XDP, "xdp_fw")
                        .attach(new Place.Xdp(new Device(7, 2, "eth0"), XdpMode.NATIVE), Via.NETLINK, -1)
                        .build());
        assertEquals("4294967295".length(), column(fitted, "PROG").min());
        assertEquals(column(HOME, "PIN").min() - 5, column(fitted, "PIN").min());
        assertEquals(least(HOME), least(fitted), "the same columns fit the same screen");
    }

    private static Column column(List<Column> columns, String title) {
        return columns.stream()
                .filter(column -> column.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static int least(List<Column> columns) {
        return columns.stream().mapToInt(Column::min).sum();
    }
}
