package bpfbay.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Strings of the kernel as Java strings, without loss: UTF-8, and each byte that is not UTF-8 stands
 * as the lone surrogate U+DC00 + byte. {@code encode(decode(bytes))} gives the same bytes.
 */
public final class RawText {
    private RawText() {}

    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    public static String decode(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        while (i < end && bytes[i] >= 0) {
            i++;
        }
        if (i == end) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        return decodeSlowly(ByteBuffer.wrap(bytes, offset, length));
    }

    /** The bytes up to the first NUL, or all of them. */
    public static String decodeCString(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return decode(bytes, 0, length);
    }

    /** A lone surrogate that stands for no byte becomes {@code ?}. */
    public static byte[] encode(String text) {
        int i = 0;
        while (i < text.length() && text.charAt(i) < 0x80) {
            i++;
        }
        if (i == text.length()) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 8);
        text.codePoints().forEach(c -> put(out, c));
        return out.toByteArray();
    }

    private static void put(ByteArrayOutputStream out, int codePoint) {
        if (codePoint >= 0xdc80 && codePoint <= 0xdcff) {
            out.write(codePoint - 0xdc00);
        } else {
            out.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String decodeSlowly(ByteBuffer in) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer out = CharBuffer.allocate(in.remaining());
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (0xdc00 + (in.get() & 0xff)));
            }
            decoder.reset();
        }
    }
}
