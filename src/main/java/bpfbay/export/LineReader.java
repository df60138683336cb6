package bpfbay.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Lines of a stream as bytes, none longer than a limit. A line without its end is none. Not thread-safe. */
final class LineReader {
    private final InputStream in;
    private final int most;
    private final byte[] buffer = new byte[16 << 10];
    private int next;
    private int end;
    private byte[] line = new byte[16 << 10];
    private int length;
    private long total;

    LineReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** Whether there is one more line; fails with a {@link NotReadableException} where it is too long. */
    boolean next() throws IOException {
        length = 0;
        while (true) {
            if (next == end) {
                next = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return false;
                }
            }
            int stop = next;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            append(stop - next);
            boolean isWhole = stop < end;
            next = isWhole ? stop + 1 : stop;
            if (isWhole) {
                return true;
            }
        }
    }

    private void append(int count) {
        if (count > most - length) {
            throw new NotReadableException("longer than " + (most >> 20) + " MiB");
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(most, Math.max(line.length * 2, length + count)));
        }
        System.arraycopy(buffer, next, line, length, count);
        length += count;
        total += count;
    }

    /** The bytes of the line, as many as {@link #length}; used again for the next one. */
    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** Bytes of all lines so far. */
    long total() {
        return total;
    }

    /** Something stands after the last whole line. */
    boolean hasRest() {
        return length > 0;
    }
}
