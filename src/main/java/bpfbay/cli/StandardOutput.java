package bpfbay.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Descriptor 1, without the layers that swallow errors. Whoever reads a pipe may have had enough, which is
 * told apart from a failure. The text of an error depends on the locale, the kind of file does not, and
 * writing to a pipe fails for no other reason.
 */
final class StandardOutput extends OutputStream {
    private static final int S_IFMT = 0xf000;
    private static final int S_IFIFO = 0x1000;
    private static final int S_IFSOCK = 0xc000;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);

    /** The other end of the pipe was closed. */
    static final class ReaderGone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            if (isPipe()) {
                throw new ReaderGone(e);
            }
            throw e;
        }
    }

    private static boolean isPipe() {
        try {
            int mode = (int) Files.getAttribute(Path.of("/proc/self/fd/1"), "unix:mode");
            int kind = mode & S_IFMT;
            return kind == S_IFIFO || kind == S_IFSOCK;
        } catch (IOException unknown) {
            return false;
        }
    }
}
