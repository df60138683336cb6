package bpfbay.kernel.libbpf;

import bpfbay.kernel.CgroupFolders;
import bpfbay.model.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The mounts of cgroup2 that this process sees. */
public final class LibbpfCgroupFolders implements CgroupFolders {
    private static final Path MOUNTINFO = Path.of("/proc/thread-self/mountinfo");

    @Override
    public Optional<String> folder(String cgroupPath) {
        try {
            return CgroupMount.parse(RawText.decode(Files.readAllBytes(MOUNTINFO))).stream()
                    .flatMap(mount -> below(mount, cgroupPath).stream())
                    .findFirst();
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    private static Optional<String> below(CgroupMount mount, String path) {
        if (path.equals("/") || path.equals(mount.root())) {
            return path.equals("/") && !mount.root().isEmpty() ? Optional.empty() : Optional.of(mount.point());
        }
        return path.startsWith(mount.root() + "/")
                ? Optional.of(mount.point() + path.substring(mount.root().length()))
                : Optional.empty();
    }
}
