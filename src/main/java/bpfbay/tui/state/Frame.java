package bpfbay.tui.state;

/**
 * How a screen of some size is divided: header, column heads, body, rule, facts and footer, of which a low
 * screen keeps the body longest.
 */
public record Frame(int columns, int rows, int header, int rule, int facts, int footer) {
    private static final int LEAST_COLUMNS = 30;
    private static final int LEAST_ROWS = 4;

    public static Frame of(int columns, int rows) {
        return new Frame(columns, rows, 1, rows >= 12 ? 1 : 0, rows >= 8 ? 1 : 0, rows >= 6 ? 1 : 0);
    }

    public boolean isTooSmall() {
        return columns < LEAST_COLUMNS || rows < LEAST_ROWS;
    }

    /** The first row of the body; a table's column heads, or a page's title, stand above it. */
    public int bodyTop() {
        return header + 1;
    }

    /** Text pages have no facts line, and so more room. */
    public int bodyHeight(Page page) {
        int foot = page.isTable() ? rule + facts + footer : footer;
        return Math.max(1, rows - bodyTop() - foot);
    }

    public int ruleAt() {
        return rows - footer - facts - rule;
    }

    public int factsAt() {
        return rows - footer - facts;
    }

    public int footerAt() {
        return rows - footer;
    }
}
