package bpfbay.journal;

import bpfbay.export.Json;
import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.FileLocks;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.StateFiles;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import bpfbay.swap.Locks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/*
 * A file that nobody has locked means nothing, whatever it says: its owner was killed, or its guard process
 * ended.
 */
/** One file a hook, locked while a swap of it is under way or waits to be confirmed; it says whose. */
public final class FolderLocks implements Locks {
    private static final Holder NAMELESS = new Holder("that has yet to say its name", 0, "");
    private static final int NAME_BYTES = 16;
    private static final int LONGEST = 1 << 16;
    /** Whoever only looks has a lock for microseconds. */
    private static final int TRIES = 3;

    private static final long PAUSE_NS = 100_000;

    private final StateFolders folders;
    private final StateFiles files;
    private final FileLocks locks;

    public FolderLocks(StateFolders folders, StateFiles files, FileLocks locks) {
        this.folders = folders;
        this.files = files;
        this.locks = locks;
    }

    @Override
    public Attempt take(String hook, Holder holder) {
        Path file = folders.locks().resolve(name(hook));
        try {
            files.makeFolder(folders.locks());
            files.makeFolder(folders.controls());
            Optional<Fd> fd = lock(file);
            if (fd.isEmpty()) {
                return new Attempt.Held(holder(file).orElse(NAMELESS));
            }
            write(file, holder);
            return new Attempt.Taken(new FileLock(file, fd.get()));
        } catch (KernelException e) {
            return new Attempt.Unknown("the lock cannot be taken: " + e.getMessage());
        }
    }

    private Optional<Fd> lock(Path file) {
        Optional<Fd> fd = locks.lock(file);
        for (int i = 1; i < TRIES && fd.isEmpty(); i++) {
            LockSupport.parkNanos(PAUSE_NS);
            fd = locks.lock(file);
        }
        return fd;
    }

    @Override
    public List<Holder> held() {
        List<Holder> held = new ArrayList<>();
        for (Path file : all()) {
            if (isLocked(file)) {
                held.add(holder(file).orElse(NAMELESS));
            }
        }
        return held;
    }

    @Override
    public void tidy() {
        for (Path file : all()) {
            removeIfFree(file);
        }
    }

    private void removeIfFree(Path file) {
        try {
            Optional<Fd> fd = locks.lock(file);
            if (fd.isPresent()) {
                try {
                    Files.deleteIfExists(file);
                } finally {
                    fd.get().close();
                }
            }
        } catch (IOException | KernelException e) {
            // a file that nobody has locked is harmless
            return;
        }
    }

    private List<Path> all() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folders.locks())) {
            stream.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (AccessDeniedException e) {
            throw new KernelException.Denied(
                    unread(Errno.EACCES, "what bpfbay keeps of swaps is root's: run it as root"));
        } catch (IOException e) {
            throw new KernelException(unread(Errno.EIO, String.valueOf(e.getMessage())));
        } catch (DirectoryIteratorException e) {
            throw new KernelException(unread(Errno.EIO, String.valueOf(e.getMessage())));
        }
        return found;
    }

    private Problem unread(int errno, String hint) {
        return new Problem("readdir", folders.locks().toString(), errno, hint);
    }

    private boolean isLocked(Path file) {
        Optional<Fd> fd = lock(file);
        fd.ifPresent(Fd::close);
        return fd.isEmpty();
    }

    @Override
    public Optional<String> blindSpot() {
        return folders.blindSpot();
    }

    /** Of any hook a name that a folder takes. */
    private static String name(String hook) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(RawText.encode(hook));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, Holder holder) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Json json = new Json(bytes).object();
        json.put("swap", holder.swap()).u32("pid", holder.pid());
        json.putText("ref", holder.ref()).end().finish();
        try {
            Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            // it locks all the same, and is nameless to others
            return;
        }
    }

    private static Optional<Holder> holder(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Fields fields = Fields.parse(RawText.decode(in.readNBytes(LONGEST)));
            return Optional.of(new Holder(
                    fields.needText("swap"),
                    fields.needU32("pid"),
                    fields.text("ref").orElse("")));
        } catch (IOException | DamagedLineException e) {
            return Optional.empty();
        }
    }

    /** One that is held. */
    private final class FileLock implements Lock {
        private final Path file;
        private final Fd fd;

        FileLock(Path file, Fd fd) {
            this.file = file;
            this.fd = fd;
        }

        @Override
        public Fd descriptor() {
            return fd;
        }

        /** The file goes too, unless a guard process has the lock as well. */
        @Override
        public void close() {
            fd.close();
            removeIfFree(file);
        }
    }
}
