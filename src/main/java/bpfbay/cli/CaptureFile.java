package bpfbay.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file that a recording is written to. It is new, and its owner's alone: it names processes. What was
 * written up to the last flush is whole lines; where more cannot be written the rest is cut off.
 */
final class CaptureFile extends OutputStream {
    private final FileChannel channel;
    private long kept;

    private CaptureFile(FileChannel channel) {
        this.channel = channel;
    }

    /** Fails where something is there already. */
    static CaptureFile create(Path path) throws IOException {
        return new CaptureFile(FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void flush() throws IOException {
        kept = channel.position();
    }

    /** Bytes that stand in the file as whole lines. */
    long kept() {
        return kept;
    }

    /** Gives up what was not flushed. */
    void cut() throws IOException {
        channel.truncate(kept);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
