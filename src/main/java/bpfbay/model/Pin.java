package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of a bpffs that keeps an object alive. Identity: mount device and path.
 *
 * @param path as bpfbay can open it: {@code /proc/PID/root/…} where its own mounts do not reach it
 * @param inode of the file; one a pin, not one an object
 * @param mount the bpffs instance, {@code major:minor}
 */
public record Pin(ObjectId object, String path, long inode, String mount) {
    /** As {@code swap.WayBack} names them, in whichever bpffs; each state folder has a folder of its own there. */
    private static final Pattern WAY_BACK =
            Pattern.compile("/bpfbay(?:-[0-9a-f]+)?/([0-9]{8}-[0-9]{6}-[0-9a-f]+)/(?:old|array)-[0-9]+$");

    public Pin {
        requireNonNull(object, "object");
        requireNonNull(path, "path");
        requireNonNull(mount, "mount");
    }

    /** The swap whose way back it is: bpfbay's own pin, which says nothing of what somebody meant to run. */
    public Optional<String> wayBackOf() {
        if (!path.contains("/bpfbay")) {
            return Optional.empty();
        }
        Matcher matcher = WAY_BACK.matcher(path);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    public boolean isOwn() {
        return wayBackOf().isPresent();
    }

    /** Those that are not bpfbay's own. */
    public static List<Pin> ofOthers(List<Pin> pins) {
        return pins.stream().anyMatch(Pin::isOwn)
                ? pins.stream().filter(pin -> !pin.isOwn()).toList()
                : pins;
    }

    /* All are read anew where one is another: the generated ones are linked at run time and slow until compiled. */

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Pin that
                        && that.inode == inode
                        && that.object.equals(object)
                        && that.path.equals(path)
                        && that.mount.equals(mount));
    }

    @Override
    public int hashCode() {
        return 31 * path.hashCode() + Long.hashCode(inode);
    }
}
