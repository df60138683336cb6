package bpfbay.pty;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jline.builtins.ScreenTerminal;

/**
 * What a terminal shows at one moment. The emulator gives every character one cell, wide ones too.
 *
 * @param rows without trailing blanks
 * @param column the cursor's, from 0
 * @param row the cursor's, from 0
 */
public record PtyScreen(List<String> rows, List<String> styles, int column, int row, Modes modes) {
    private static final int UNDERLINE = 1;
    private static final int REVERSE = 2;
    private static final int BOLD = 8;

    /** What the program has switched on. */
    public record Modes(boolean isAlternate, boolean isCursorShown, boolean isPasteBracketed) {
        static final Modes INITIAL = new Modes(false, true, false);
    }

    public PtyScreen {
        rows = List.copyOf(rows);
        styles = List.copyOf(styles);
    }

    static PtyScreen of(ScreenTerminal terminal, int columns, int height, Modes modes) {
        long[] cells = new long[columns * height];
        int[] cursor = new int[2];
        terminal.dump(cells, 0, 0, height, columns, cursor);
        List<String> rows = new ArrayList<>();
        List<String> styles = new ArrayList<>();
        for (int y = 0; y < height; y++) {
            StringBuilder text = new StringBuilder();
            StringBuilder style = new StringBuilder();
            for (int x = 0; x < columns; x++) {
                long cell = cells[y * columns + x];
                int character = (int) cell;
                text.appendCodePoint(character == 0 ? ' ' : character);
                style.append(letter(cell));
            }
            rows.add(text.toString().stripTrailing());
            styles.add(style.toString().stripTrailing());
        }
        return new PtyScreen(rows, styles, cursor[0], cursor[1], modes);
    }

    /** B bold, R reverse, U underlined, * several of them, c coloured, else blank. */
    private static char letter(long cell) {
        int attributes = (int) (cell >>> 56) & 0xf;
        return switch (attributes) {
            case 0 -> cell >>> 60 == 0 ? ' ' : 'c';
            case UNDERLINE -> 'U';
            case REVERSE -> 'R';
            case BOLD -> 'B';
            default -> '*';
        };
    }

    public boolean shows(String text) {
        return rows.stream().anyMatch(row -> row.contains(text));
    }

    /** The number of the first row with the text, -1 if there is none. */
    public int rowOf(String text) {
        for (int y = 0; y < rows.size(); y++) {
            if (rows.get(y).contains(text)) {
                return y;
            }
        }
        return -1;
    }

    /** All rows, each ended by a newline. */
    public String text() {
        return rows.stream().map(row -> row + "\n").collect(Collectors.joining());
    }
}
