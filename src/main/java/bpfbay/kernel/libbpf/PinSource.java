package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.ObjectId;
import bpfbay.model.Pin;
import bpfbay.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The pins of every bpffs, each file system once however often it is mounted. The own mount namespace
 * comes first; others are entered by /proc/PID/root.
 */
final class PinSource {
    private final ProcessNamespaces processes;
    private final MountTables tables;
    private final Consumer<List<String>> watch;
    private final BpffsCalls calls = new BpffsCalls();
    private final Paths paths = new Paths();
    private List<Mount> mounts = List.of();
    private Map<String, PinTree> trees = new LinkedHashMap<>();
    private final HiddenMounts hiddenMounts = new HiddenMounts();
    private Optional<Problem> missed = Optional.empty();
    private Listing<Pin> last = Listing.of(List.of());

    /** @param watch told of every directory, whenever one comes or goes */
    PinSource(ProcessNamespaces processes, MountTables tables, Consumer<List<String>> watch) {
        this.processes = processes;
        this.tables = tables;
        this.watch = watch;
    }

    Listing<Pin> read() {
        if (processes.count() == 0) {
            processes.walk();
        }
        List<Mount> mountsNow = tables.read(processes);
        List<Problem> problems = new ArrayList<>();
        boolean isChanged = mountsNow != mounts;
        mounts = mountsNow;
        for (PinTree tree : trees.values()) {
            isChanged |= tree.refresh(calls);
        }
        Optional<Problem> missedNow = hiddenMounts.problem(mountsNow);
        isChanged |= !missedNow.equals(missed);
        missed = missedNow;
        if (!isChanged) {
            return last;
        }
        trees = trees(problems);
        List<Pin> pins = new ArrayList<>();
        for (PinTree tree : trees.values()) {
            tree.identify(calls);
            tree.collect(pins, problems);
        }
        missed.ifPresent(problems::add);
        watch.accept(trees.values().stream()
                .flatMap(tree -> tree.directories().stream())
                .toList());
        pins.sort(Comparator.comparing(Pin::path));
        Listing<Pin> now = new Listing<>(pins, problems);
        if (!now.equals(last)) {
            last = now;
        }
        return last;
    }

    /** By device; of several mounts of one bpffs the first that is reached and shows all of it. */
    private Map<String, PinTree> trees(List<Problem> problems) {
        Map<String, List<Mount>> byDevice = mounts.stream()
                .filter(mount -> mount.type().equals("bpf"))
                .collect(Collectors.groupingBy(Mount::device, LinkedHashMap::new, Collectors.toList()));
        Map<String, PinTree> now = new LinkedHashMap<>();
        byDevice.forEach((device, candidates) -> {
            List<Mount> wholeFirst = new ArrayList<>(candidates);
            wholeFirst.sort(Comparator.comparing(mount -> mount.root().length()));
            wholeFirst.stream()
                    .flatMap(mount -> tree(mount).stream())
                    .findFirst()
                    .ifPresentOrElse(
                            tree -> now.put(device, tree),
                            () -> problems.add(calls.listProblem(
                                            wholeFirst.get(0).path())
                                    .orElseGet(() -> hidden(wholeFirst.get(0).path()))));
        });
        return now;
    }

    private static Problem hidden(String path) {
        return new Problem("open", path, 0, "a later mount hides this bpffs: its pins are not seen");
    }

    /** Empty where the path leads elsewhere. */
    private Optional<PinTree> tree(Mount mount) {
        PinTree known = trees.get(mount.device());
        if (known != null
                && known.root().equals(mount.path())
                && !known.directories().isEmpty()) {
            return Optional.of(known);
        }
        Map<Long, ObjectId> objects = known == null ? Map.of() : known.objects();
        PinTree tree = new PinTree(mount, objects, paths);
        return tree.open(calls) ? Optional.of(tree) : Optional.empty();
    }
}
