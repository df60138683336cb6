package bpfbay.btf;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The string section: NUL-terminated strings named by their offset. A byte that is not UTF-8 becomes the
 * lone surrogate U+DC00 + byte, so that source lines and names stay exact.
 */
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
        boolean ascii = true;
        while (end < section.limit() && section.get(end) != 0) {
            ascii &= section.get(end) > 0;
            end++;
        }
        if (end == section.limit()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[end - start];
        section.get(start, bytes);
        return Optional.of(ascii ? new String(bytes, StandardCharsets.US_ASCII) : surrogateEscape(bytes));
    }

    private static String surrogateEscape(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (0xdc00 + (in.get() & 0xff)));
            }
        }
    }
}
