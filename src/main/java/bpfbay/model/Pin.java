package bpfbay.model;

import static java.util.Objects.requireNonNull;

/**
 * A file of a bpffs that keeps an object alive. Identity: mount device and path.
 *
 * @param path as bpfbay can open it: {@code /proc/PID/root/…} where its own mounts do not reach it
 * @param inode of the file; one a pin, not one an object
 * @param mount the bpffs instance, {@code major:minor}
 */
public record Pin(ObjectId object, String path, long inode, String mount) {
    public Pin {
        requireNonNull(object, "object");
        requireNonNull(path, "path");
        requireNonNull(mount, "mount");
    }
}
