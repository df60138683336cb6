package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import java.util.Optional;
import java.util.Set;

/**
 * By which way objects and holders are walked: without iterators at first, since loading them costs as
 * much as several walks, and with them from the second look on, where that is allowed and works.
 */
final class Walks implements AutoCloseable {
    private final IdWalk ids = new IdWalk();
    private final ProcWalk proc = new ProcWalk();
    private final Loading loading;
    private Optional<IteratorWalk> iterators = Optional.empty();
    private int looks;

    Walks(Loading loading) {
        this.loading = loading;
    }

    /** A new look at the host begins. */
    void next() {
        looks++;
        if (loading == Loading.ITERATORS && looks == 2) {
            iterators = load();
        }
    }

    /* an old or hardened kernel, or few privileges: what they would tell besides stays untold */
    private static Optional<IteratorWalk> load() {
        try {
            return Optional.of(IteratorWalk.load());
        } catch (KernelException refused) {
            return Optional.empty();
        }
    }

    ObjectWalk objects() {
        return iterators.<ObjectWalk>map(loaded -> loaded).orElse(ids);
    }

    HoldingWalk holdings() {
        return iterators.<HoldingWalk>map(loaded -> loaded).orElse(proc);
    }

    /** What was loaded for the walking. */
    Set<ObjectId> own() {
        return iterators.map(IteratorWalk::own).orElse(Set.of());
    }

    @Override
    public void close() {
        iterators.ifPresent(IteratorWalk::close);
        ids.close();
        proc.close();
    }
}
