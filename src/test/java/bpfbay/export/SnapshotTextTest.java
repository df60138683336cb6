package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Snapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SnapshotTextTest {
    private static final List<String> LINES =
            SnapshotText.of(Snapshots.edge()).lines().toList();

    @Test
    void a_row_shows_what_runs_where_and_who_stands_behind_it() {
        assertEquals(
                List.of("eth0", "xdp native", "xdp_fw", "3815", "88", "xdpd 812", "/sys/fs/bpf/fw/xdp"),
                cells("88").stream().filter(cell -> cell.length() != 16).toList());
    }

    @Test
    void columns_are_aligned_though_names_are_wide_or_hostile() {
        int header = LINES.indexOf("attachments") + 1;
        int column = LINES.get(header).indexOf("PIN");
        LINES.stream()
                .skip(header + 1L)
                .takeWhile(line -> !line.isEmpty())
                .forEach(line -> assertEquals(' ', line.charAt(column - 1), line));
    }

    @Test
    void nothing_that_a_terminal_obeys_is_printed() {
        LINES.forEach(line -> assertEquals(line, Escaper.escape(line)));
    }

    @Test
    void what_could_not_be_seen_stands_at_the_end() {
        assertTrue(LINES.get(LINES.size() - 1).contains("EPERM"), LINES.get(LINES.size() - 1));
    }

    @Test
    void an_empty_host_has_a_head_and_nothing_else() {
        assertEquals(
                "bare  6.1.0-56  2026-11-21T22:51:07Z  0 attachments, 1 network namespace\n",
                SnapshotText.of(Snapshots.bare()));
    }

    private static List<String> cells(String link) {
        String line = LINES.stream()
                .filter(l -> l.contains("  " + link + "  "))
                .findFirst()
                .orElseThrow();
        return List.of(line.trim().split(" {2,}"));
    }
}
