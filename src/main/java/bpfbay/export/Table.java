package bpfbay.export;

import java.util.ArrayList;
import java.util.List;

/** Rows under a header, aligned by the columns that each cell takes; cells are escaped, the last is not padded. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... header) {
        rows.add(List.of(header));
    }

    public Table row(String... cells) {
        List<String> escaped = new ArrayList<>(cells.length);
        for (String cell : cells) {
            escaped.add(Escaper.escape(cell));
        }
        rows.add(escaped);
        return this;
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    /** Each line ends with a line feed. */
    public void print(StringBuilder out) {
        int[] widths = new int[rows.get(0).size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        for (List<String> row : rows) {
            int start = out.length();
            for (int i = 0; i < widths.length; i++) {
                out.append(i == 0 ? "" : GAP).append(Columns.pad(row.get(i), widths[i]));
            }
            while (out.length() > start && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
            out.append('\n');
        }
    }
}
