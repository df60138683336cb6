package bpfbay.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** The lines of a capture from one whole picture to the next, compressed; one line a moment. */
final class CaptureStretch {
    private final byte[] deflated;
    private final int moments;

    private CaptureStretch(byte[] deflated, int moments) {
        this.deflated = deflated;
        this.moments = moments;
    }

    int moments() {
        return moments;
    }

    /** Bytes in memory, about. */
    long weight() {
        return deflated.length + 64L;
    }

    InputStream lines() {
        return new InflaterInputStream(new ByteArrayInputStream(deflated));
    }

    /** Collects the lines. */
    static final class Draft {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        private final DeflaterOutputStream out = new DeflaterOutputStream(bytes, deflater, 8192);
        private int moments;

        void add(byte[] line, int length) {
            try {
                out.write(line, 0, length);
                out.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            moments++;
        }

        long weight() {
            return bytes.size() + 64L;
        }

        CaptureStretch finish() {
            try {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            deflater.end();
            return new CaptureStretch(bytes.toByteArray(), moments);
        }
    }
}
