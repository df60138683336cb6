package bpfbay.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.util.HexFormat;

/**
 * Encodes JSON text as UTF-8 and escapes what JSON would allow raw but a terminal, a log or an encoder
 * would not survive: surrogates (a Java writer makes a lone one a question mark), DEL, C1 and what
 * re-orders or hides text. Outside of strings JSON has ASCII only, so each such character is in a string.
 */
final class JsonBytes extends Writer {
    private final OutputStream out;
    private final byte[] buffer = new byte[8192];
    private int used;

    JsonBytes(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(char[] chars, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            put(chars[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            put(text.charAt(i));
        }
    }

    @Override
    public void write(int c) throws IOException {
        put((char) c);
    }

    private void put(char c) throws IOException {
        if (used > buffer.length - 6) {
            drain();
        }
        if (c < 0x7f) {
            buffer[used++] = (byte) c;
        } else if (isEscaped(c)) {
            buffer[used++] = '\\';
            buffer[used++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) {
                buffer[used++] = (byte) HexFormat.of().toLowHexDigit(c >> shift);
            }
        } else if (c < 0x800) {
            buffer[used++] = (byte) (0xc0 | (c >> 6));
            buffer[used++] = (byte) (0x80 | (c & 0x3f));
        } else {
            buffer[used++] = (byte) (0xe0 | (c >> 12));
            buffer[used++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            buffer[used++] = (byte) (0x80 | (c & 0x3f));
        }
    }

    private static boolean isEscaped(char c) {
        return c <= 0x9f
                || c == 0x61c
                || (c >= 0x200b && c <= 0x200f)
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2060 && c <= 0x206f)
                || (c >= 0xd800 && c <= 0xdfff)
                || c == 0xfeff;
    }

    private void drain() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    @Override
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
