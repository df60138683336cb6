package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.List;
import java.util.Optional;

/** The shim's looks at a bpffs, in the terms of paths. */
final class BpffsCalls {
    static final int PIN_BYTES = 16;

    private final NativeBuffer answer = new NativeBuffer(1 << 17);
    private int error;

    /** What one path holds: the object, or the errno. */
    @FunctionalInterface
    interface Identified {
        void accept(String path, Optional<ObjectId> object, int error);
    }

    /** Empty for a directory that is gone or may not be read. */
    Optional<DirListing> list(String path) {
        byte[] encoded = RawPath.encode(path);
        int filled = Filling.into(answer, (address, capacity) -> BpffsShim.shim_bpffs_list(encoded, address, capacity));
        error = Math.max(0, -filled);
        return filled < 0 ? Optional.empty() : Optional.of(DirListing.decode(answer.slice(filled)));
    }

    /** Why the last directory could not be listed; empty where it could, or was gone. */
    Optional<Problem> listProblem(String path) {
        return switch (error) {
            case 0, Errno.ENOENT -> Optional.empty();
            case Errno.EACCES ->
                Optional.of(new Problem("open", path, error, "needs CAP_DAC_READ_SEARCH: the pins below are not seen"));
            default -> Optional.of(new Problem("open", path, error, "the pins below are not seen"));
        };
    }

    void mtimes(long paths, int count) {
        Filling.into(answer, (address, capacity) -> BpffsShim.shim_bpffs_mtimes(paths, count, address, capacity));
    }

    /** Of the {@code index}th path asked; negative for a directory that is gone. Good until the next call. */
    long mtime(int index) {
        return answer.view().getLong(8 * index);
    }

    void identify(long paths, List<String> names, Identified each) {
        if (names.isEmpty()) {
            return;
        }
        answer.reserve(names.size() * PIN_BYTES);
        Filling.into(
                answer, (address, capacity) -> BpffsShim.shim_bpffs_identify(paths, names.size(), address, capacity));
        for (int i = 0; i < names.size(); i++) {
            int at = i * PIN_BYTES;
            int error = answer.view().getInt(at + 8);
            each.accept(
                    names.get(i),
                    error != 0
                            ? Optional.empty()
                            : Optional.of(new ObjectId(
                                    InfoRecord.kind(answer.view().getInt(at)),
                                    answer.view().getInt(at + 4))),
                    error);
        }
    }
}
