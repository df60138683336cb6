package bpfbay.tui.terminal;

/** One character of UTF-8, byte by byte. What is no character a key could send is refused. */
final class Utf8Assembly {
    private static final int FIRST_PRINTABLE = 0xa0;

    private int codePoint;
    private int missing;
    private int least;

    /** How far the character is. */
    enum Progress {
        MORE,
        DONE,
        /** All bytes are there, and they are no character. */
        INVALID,
        /** This byte does not belong to it. */
        BROKEN
    }

    /** Whether a character of several bytes begins with this one. */
    boolean begin(int b) {
        if (b >= 0xc2 && b <= 0xdf) {
            return expect(b & 0x1f, 1, FIRST_PRINTABLE);
        } else if (b >= 0xe0 && b <= 0xef) {
            return expect(b & 0x0f, 2, 0x800);
        } else if (b >= 0xf0 && b <= 0xf4) {
            return expect(b & 0x07, 3, 0x10000);
        }
        return false;
    }

    private boolean expect(int bits, int bytes, int smallest) {
        codePoint = bits;
        missing = bytes;
        least = smallest;
        return true;
    }

    Progress add(int b) {
        if ((b & 0xc0) != 0x80) {
            return Progress.BROKEN;
        }
        codePoint = (codePoint << 6) | (b & 0x3f);
        missing--;
        if (missing > 0) {
            return Progress.MORE;
        }
        boolean isSurrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        boolean isCharacter = codePoint >= least && codePoint <= Character.MAX_CODE_POINT && !isSurrogate;
        return isCharacter ? Progress.DONE : Progress.INVALID;
    }

    int codePoint() {
        return codePoint;
    }
}
