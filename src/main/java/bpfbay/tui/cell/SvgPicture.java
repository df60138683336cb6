package bpfbay.tui.cell;

import bpfbay.export.Columns;

/**
 * A grid as SVG: one text element for each run of one ink, stretched to its columns so that any monospace
 * font fits. The same grid gives the same bytes.
 */
public final class SvgPicture {
    private static final double CELL = 8.4;
    private static final int LINE = 18;
    private static final int MARGIN = 10;
    private static final int BASELINE = 13;
    private static final int FONT = 14;

    private final Grid grid;
    private final Theme theme;
    private final Palette palette;
    private final StringBuilder out = new StringBuilder();

    private SvgPicture(Grid grid, Theme theme) {
        this.grid = grid;
        this.theme = theme;
        this.palette = Palette.of(theme);
    }

    public static String of(Grid grid, Theme theme) {
        return new SvgPicture(grid, theme).draw();
    }

    private String draw() {
        double width = grid.columns() * CELL + 2 * MARGIN;
        int height = grid.rows() * LINE + 2 * MARGIN;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(height)
                .append("\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"")
                .append(FONT)
                .append("\" xml:space=\"preserve\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"")
                .append(Palette.hex(palette.background()))
                .append("\"/>\n");
        for (int y = 0; y < grid.rows(); y++) {
            row(y);
        }
        return out.append("</svg>\n").toString();
    }

    private void row(int y) {
        int x = 0;
        while (x < grid.columns()) {
            Ink ink = grid.ink(x, y);
            StringBuilder text = new StringBuilder();
            int start = x;
            while (x < grid.columns() && grid.ink(x, y) == ink) {
                text.append(grid.glyph(x, y));
                x++;
            }
            run(start, y, text.toString(), theme.paint(ink));
        }
    }

    private void run(int x, int y, String text, Paint paint) {
        if (Palette.isReversed(paint)) {
            out.append("<rect x=\"")
                    .append(number(MARGIN + x * CELL))
                    .append("\" y=\"")
                    .append(MARGIN + y * LINE)
                    .append("\" width=\"")
                    .append(number(Columns.width(text) * CELL))
                    .append("\" height=\"")
                    .append(LINE)
                    .append("\" fill=\"")
                    .append(Palette.hex(palette.behind(paint)))
                    .append("\"/>\n");
        }
        String body = text.stripTrailing();
        int blanks = body.length() - body.stripLeading().length();
        body = body.stripLeading();
        if (body.isEmpty()) {
            return;
        }
        out.append("<text x=\"")
                .append(number(MARGIN + (x + blanks) * CELL))
                .append("\" y=\"")
                .append(MARGIN + y * LINE + BASELINE)
                .append("\" textLength=\"")
                .append(number(Columns.width(body) * CELL))
                .append("\" fill=\"")
                .append(Palette.hex(palette.text(paint)))
                .append('"')
                .append(paint.weight() == Paint.Weight.BOLD ? " font-weight=\"bold\"" : "")
                .append(paint.emphasis() == Paint.Emphasis.UNDERLINE ? " text-decoration=\"underline\"" : "")
                .append('>')
                .append(escape(body))
                .append("</text>\n");
    }

    private static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
