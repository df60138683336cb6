package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The pins that keep the old programs, and every program array of old and new ones, whatever becomes of
 * this process: a program array is emptied with its last reference. They lie in a folder of the swap's name.
 */
final class WayBack {
    private static final String OLD = "old-";
    private static final String ARRAY = "array-";

    private final Swapper swapper;
    private final Path folder;

    private WayBack(Swapper swapper, Path folder) {
        this.swapper = swapper;
        this.folder = folder;
    }

    static WayBack of(Swapper swapper, String swap) {
        return new WayBack(swapper, swapper.pinFolder().resolve(swap));
    }

    Path folder() {
        return folder;
    }

    /** Fails with a KernelException; what was pinned until then is taken away again. */
    void build(Map<Integer, Fd> oldByMember, Map<Integer, Fd> arraysById) {
        try {
            Files.createDirectory(folder);
            for (Map.Entry<Integer, Fd> old : new TreeMap<>(oldByMember).entrySet()) {
                swapper.pin(old.getValue(), folder.resolve(OLD + old.getKey()));
            }
            for (Map.Entry<Integer, Fd> array : new TreeMap<>(arraysById).entrySet()) {
                swapper.pin(array.getValue(), folder.resolve(ARRAY + Integer.toUnsignedString(array.getKey())));
            }
        } catch (IOException e) {
            throw failed("mkdir", e);
        } catch (KernelException e) {
            remove();
            throw e;
        }
    }

    /** Which objects the pins keep; empty where the folder is no more. */
    List<ObjectId> kept() {
        List<ObjectId> kept = new ArrayList<>();
        for (Path pin : pins()) {
            object(pin).ifPresent(kept::add);
        }
        return kept;
    }

    private Optional<ObjectId> object(Path pin) {
        try {
            return Optional.of(swapper.pinned(pin));
        } catch (KernelException.Gone unpinned) {
            return Optional.empty();
        }
    }

    /** Takes all pins and the folder away. */
    void remove() {
        try {
            for (Path pin : pins()) {
                Files.deleteIfExists(pin);
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw failed("unlink", e);
        }
    }

    /** Lets go of one member's old program, and of everything with the last. */
    void removeMember(int index) {
        try {
            Files.deleteIfExists(folder.resolve(OLD + index));
        } catch (IOException e) {
            throw failed("unlink", e);
        }
        if (pins().stream().noneMatch(pin -> pin.getFileName().toString().startsWith(OLD))) {
            remove();
        }
    }

    private List<Path> pins() {
        List<Path> pins = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(pins::add);
        } catch (NoSuchFileException removed) {
            return List.of();
        } catch (IOException e) {
            throw failed("readdir", e);
        }
        pins.sort(null);
        return pins;
    }

    /** Names of all swaps that have a folder. */
    static List<String> all(Swapper swapper) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(swapper.pinFolder(), Files::isDirectory)) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException e) {
            throw new KernelException(
                    new Problem("readdir", swapper.pinFolder().toString(), 0, String.valueOf(e.getMessage())));
        }
        names.sort(null);
        return names;
    }

    private KernelException failed(String operation, IOException e) {
        return new KernelException(new Problem(operation, folder.toString(), 0, String.valueOf(e.getMessage())));
    }
}
