package bpfbay.btf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The string section: NUL-terminated strings named by their offset, source lines among them. */
final class BtfStrings {
    private final ByteBuffer section;
    private final int firstOffset;

    /** {@code firstOffset}: where this section starts counting; other than 0 in a blob built on a base. */
    BtfStrings(ByteBuffer section, int firstOffset) {
        this.section = section;
        this.firstOffset = firstOffset;
    }

    int firstOffset() {
        return firstOffset;
    }

    int endOffset() {
        return firstOffset + section.limit();
    }

    /** The string at that offset; empty when no string ends inside the section from there. */
    Optional<String> at(int offset) {
        int start = offset - firstOffset;
        if (start < 0 || start >= section.limit()) {
            return Optional.empty();
        }
        int end = start;
        while (end < section.limit() && section.get(end) != 0) {
            end++;
        }
        if (end == section.limit()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[end - start];
        section.get(start, bytes);
        return Optional.of(RawText.decode(bytes));
    }
}
