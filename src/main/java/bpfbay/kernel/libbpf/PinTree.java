package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The pins of one bpffs. A directory is listed again when its time of change is another, a pin is opened
 * once in its life: its inode, which goes with it through a rename, names the object for good.
 */
final class PinTree {
    private final String device;
    private final String root;
    private final Map<Long, ObjectId> objects;
    private final TreeMap<String, Directory> directories = new TreeMap<>();
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private final Map<String, Problem> unreadable = new TreeMap<>();
    private final Paths paths;
    private final Paths lookedPaths = new Paths();
    private Set<String> looked = Set.of();

    private record Directory(long mtime, List<DirListing.Entry> entries) {}

    /** @param before the tree of the same file system under another path, whose pins need not be opened again */
    PinTree(Mount mount, Map<Long, ObjectId> before, Paths paths) {
        this.device = mount.device();
        this.root = mount.path();
        this.objects = new HashMap<>(before);
        this.paths = paths;
    }

    String root() {
        return root;
    }

    Map<Long, ObjectId> objects() {
        return objects;
    }

    Set<String> directories() {
        return directories.keySet();
    }

    /** Lists the tree for the first time; false where something else is mounted at its path. */
    boolean open(BpffsCalls calls) {
        DirListing listing = calls.list(root).orElse(null);
        if (listing == null || !listing.device().equals(device)) {
            return false;
        }
        add(root, listing, calls);
        return true;
    }

    /** Looks for what has changed; says whether anything has. */
    boolean refresh(BpffsCalls calls) {
        if (!directories.keySet().equals(looked)) {
            looked = new TreeSet<>(directories.keySet());
            lookedPaths.put(looked);
        }
        calls.mtimes(lookedPaths.address(), looked.size());
        List<String> differing = differing(calls);
        boolean isChanged = false;
        for (String path : differing) {
            Directory known = directories.get(path);
            if (known != null) {
                isChanged |= relist(path, known, calls);
            }
        }
        return isChanged;
    }

    private List<String> differing(BpffsCalls calls) {
        List<String> differing = new ArrayList<>();
        int i = 0;
        for (Map.Entry<String, Directory> known : directories.entrySet()) {
            if (known.getValue().mtime() != calls.mtime(i++)) {
                differing.add(known.getKey());
            }
        }
        return differing;
    }

    private boolean relist(String path, Directory known, BpffsCalls calls) {
        DirListing listing = calls.list(path).orElse(null);
        if (listing == null || !listing.device().equals(device)) {
            drop(path);
            return true;
        }
        boolean isChanged = !listing.entries().equals(known.entries());
        if (isChanged) {
            List<String> gone = new ArrayList<>();
            for (DirListing.Entry entry : known.entries()) {
                if (entry.kind() == DirListing.Kind.DIRECTORY
                        && !listing.entries().contains(entry)) {
                    gone.add(RawPath.join(path, entry.name()));
                }
            }
            gone.forEach(this::drop);
        }
        add(path, listing, calls);
        return isChanged;
    }

    private void add(String path, DirListing listing, BpffsCalls calls) {
        directories.put(path, new Directory(listing.settledMtime(), listing.entries()));
        for (DirListing.Entry entry : listing.entries()) {
            String below = RawPath.join(path, entry.name());
            if (entry.kind() == DirListing.Kind.DIRECTORY && !directories.containsKey(below)) {
                Optional<DirListing> found = calls.list(below);
                unreadable.remove(below);
                calls.listProblem(below).ifPresent(problem -> unreadable.put(below, problem));
                found.filter(listed -> listed.device().equals(device)).ifPresent(listed -> add(below, listed, calls));
            }
        }
    }

    private void drop(String path) {
        directories.remove(path);
        unreadable.remove(path);
        directories.subMap(RawPath.join(path, ""), path + "0").clear();
        unreadable.keySet().removeIf(below -> below.startsWith(RawPath.join(path, "")));
    }

    /** Opens the pins that are new. */
    void identify(BpffsCalls calls) {
        Map<String, Long> unknown = new LinkedHashMap<>();
        directories.forEach((path, directory) -> directory.entries().stream()
                .filter(entry -> entry.kind() == DirListing.Kind.PIN && !objects.containsKey(entry.inode()))
                .forEach(entry -> unknown.put(RawPath.join(path, entry.name()), entry.inode())));
        problems.clear();
        calls.identify(paths.put(unknown.keySet()), List.copyOf(unknown.keySet()), (path, object, error) -> {
            if (object.isPresent()) {
                objects.put(unknown.getOrDefault(path, 0L), object.get());
            } else if (error != Errno.ENOENT) {
                String hint = error == Errno.EACCES || error == Errno.EPERM ? "needs CAP_DAC_OVERRIDE" : "";
                problems.put(path, new Problem("BPF_OBJ_GET", path, error, hint));
            }
        });
    }

    void collect(List<Pin> pins, List<Problem> into) {
        Map<Long, ObjectId> alive = new HashMap<>();
        directories.forEach((path, directory) -> {
            for (DirListing.Entry entry : directory.entries()) {
                ObjectId object = objects.get(entry.inode());
                if (object != null && entry.kind() == DirListing.Kind.PIN) {
                    pins.add(new Pin(object, RawPath.join(path, entry.name()), entry.inode(), device));
                    alive.put(entry.inode(), object);
                }
            }
        });
        objects.keySet().retainAll(alive.keySet());
        into.addAll(problems.values());
        into.addAll(unreadable.values());
    }
}
