package bpfbay.testing;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A kernel in small: programs live while something holds them, a place compares before it swaps, and an
 * array of programs is emptied with its last reference.
 */
public final class SwapWorld implements Swapper {
    public final FakeKernel kernel = new FakeKernel();
    public final Map<SwapPlace, List<Integer>> places = new LinkedHashMap<>();
    public final Map<Path, ObjectId> pins = new HashMap<>();
    public final Map<Integer, List<Slot>> slots = new HashMap<>();
    public final Map<Integer, Bound> bound = new HashMap<>();

    /** Programs and maps that somebody else holds. */
    public final Set<ObjectId> held = new HashSet<>();

    /** Done once just before the next replacement: somebody who is faster. */
    public Optional<Runnable> beforeReplace = Optional.empty();

    /** Done once just after it. */
    public Optional<Runnable> afterReplace = Optional.empty();

    public final Map<SwapPlace, KernelException> refusals = new HashMap<>();
    public Optional<KernelException> noPins = Optional.empty();
    public int replacements;

    private final Path folder;
    private final List<ObjectId> open = new ArrayList<>();

    public SwapWorld(Path folder) {
        this.folder = folder;
    }

    public void attach(SwapPlace place, Integer... progIds) {
        places.put(place, new ArrayList<>(List.of(progIds)));
    }

    public int at(SwapPlace place) {
        return chain(place).get(0);
    }

    public long openDescriptors() {
        return open.size();
    }

    public boolean isAlive(ObjectId object) {
        boolean isPinned =
                pins.entrySet().stream().anyMatch(pin -> pin.getValue().equals(object) && Files.exists(pin.getKey()));
        boolean isAttached = object.kind() == ObjectId.Kind.PROG
                && places.values().stream().anyMatch(chain -> chain.contains(object.id()));
        return isPinned || isAttached || held.contains(object) || open.contains(object);
    }

    /** The names of the swaps that have pins. */
    public List<String> ways() {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A process is killed: all that it had open is closed, except what others have open too. */
    public void close(List<ObjectId> ofOthers) {
        open.clear();
        open.addAll(ofOthers);
    }

    @Override
    public Fd program(int id) {
        return open(ObjectId.prog(id));
    }

    @Override
    public Fd map(int id) {
        return open(ObjectId.map(id));
    }

    private Fd open(ObjectId object) {
        if (!isAlive(object)) {
            throw new KernelException.Gone(new Problem("GET_FD_BY_ID", object.toString(), 2, "it is gone"));
        }
        open.add(object);
        return new Held(object);
    }

    private final class Held implements Fd {
        private final ObjectId object;
        private boolean isOpen = true;

        private Held(ObjectId object) {
            this.object = object;
        }

        @Override
        public int number() {
            return 100 + object.id();
        }

        @Override
        public void close() {
            if (isOpen) {
                isOpen = false;
                open.remove(object);
            }
        }
    }

    @Override
    public ObjectId identify(Fd object) {
        return ((Held) object).object;
    }

    @Override
    public Standing standing(SwapPlace place, int progId) {
        List<Integer> chain = chain(place);
        if (isChain(place)) {
            int at = chain.indexOf(progId);
            return at < 0
                    ? new Standing(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.of(chain.hashCode()))
                    : new Standing(OptionalInt.of(progId), OptionalInt.of(at + 1), OptionalLong.of(chain.hashCode()));
        }
        return new Standing(
                chain.isEmpty() ? OptionalInt.empty() : OptionalInt.of(chain.get(0)),
                chain.isEmpty() ? OptionalInt.empty() : OptionalInt.of(1),
                OptionalLong.empty());
    }

    private static boolean isChain(SwapPlace place) {
        return place instanceof SwapPlace.Chain || place instanceof SwapPlace.Cgroup;
    }

    private List<Integer> chain(SwapPlace place) {
        List<Integer> chain = places.get(place);
        if (chain == null) {
            throw new KernelException.Gone(new Problem("read", place.toString(), 19, "the device is gone"));
        }
        return chain;
    }

    @Override
    public void replace(SwapPlace place, Fd expected, Fd other, OptionalLong revision) {
        Optional<Runnable> first = beforeReplace;
        beforeReplace = Optional.empty();
        first.ifPresent(Runnable::run);
        if (refusals.containsKey(place)) {
            throw refusals.get(place);
        }
        List<Integer> chain = chain(place);
        int at = chain.indexOf(identify(expected).id());
        boolean isMoved = revision.isPresent() && revision.getAsLong() != chain.hashCode();
        if (at < 0 || (!isChain(place) && at != 0) || isMoved) {
            throw new KernelException.Conflict(new Problem("replace", "place", 116, "another program stands there"));
        }
        chain.set(at, identify(other).id());
        replacements++;
        Optional<Runnable> then = afterReplace;
        afterReplace = Optional.empty();
        then.ifPresent(Runnable::run);
    }

    @Override
    public List<Slot> slots(Fd programArray) {
        return slots.getOrDefault(identify(programArray).id(), List.of());
    }

    @Override
    public void pin(Fd object, Path path) {
        try {
            Files.createFile(path);
            pins.put(path, identify(object));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void renewPin(Fd object, Path path) {
        pins.put(path, identify(object));
    }

    @Override
    public ObjectId pinned(Path path) {
        if (!pins.containsKey(path) || !Files.exists(path)) {
            throw new KernelException.Gone(new Problem("BPF_OBJ_GET", path.toString(), 2, "no such pin"));
        }
        return pins.get(path);
    }

    @Override
    public Path pinFolder() {
        noPins.ifPresent(e -> {
            throw e;
        });
        return folder;
    }

    @Override
    public Optional<Bound> boundTo(Fd program) {
        return Optional.ofNullable(bound.get(identify(program).id()));
    }

    /** The objects of a snapshot, as the kernel lists them. */
    public void knows(List<Program> programs, List<BpfMap> maps) {
        kernel.programs = bpfbay.kernel.Listing.of(programs);
        kernel.maps = bpfbay.kernel.Listing.of(maps);
        maps.forEach(map -> held.add(ObjectId.map(map.id())));
    }
}
