package bpfbay.tui.cell;

/** What a piece of text is, from which a theme makes its looks. */
public enum Ink {
    TEXT('.'),
    /** Known and of little weight: rules, dashes, reasons. */
    DIM('d'),
    /** The name of the program, of a page, of a section. */
    TITLE('T'),
    /** Column headings. */
    HEAD('h'),
    /** Keys that can be pressed. */
    KEY('k'),
    /** The view that is open. */
    ACTIVE('A'),
    /** What names a group of rows. */
    GROUP('g'),
    /** A ref, an address, a thing one may go to. */
    ACCENT('a'),
    /** What became another a short while ago. */
    CHANGED('c'),
    /** What came a short while ago. */
    NEW('n'),
    /** What is gone. */
    GONE('x'),
    /** What deserves a look. */
    WARN('w'),
    /** What is broken. */
    BAD('b'),
    /** The row under the cursor. */
    SELECTED('S');

    private final char letter;

    Ink(char letter) {
        this.letter = letter;
    }

    /** Stands for it in the style layer of a golden frame. */
    public char letter() {
        return letter;
    }
}
