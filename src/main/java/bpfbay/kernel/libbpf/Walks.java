package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * By which way objects and holders are walked: without iterators at first, since loading them costs as
 * much as several walks, and with them from the second look on, where that is allowed and works.
 */
final class Walks implements AutoCloseable {
    private final IdWalk ids = new IdWalk();
    private ProcWalk proc = new ProcWalk();
    private final Loading loading;
    private final Supplier<IteratorWalk> load;
    private Optional<IteratorWalk> iterators = Optional.empty();
    private int looks;

    Walks(Loading loading) {
        this(loading, IteratorWalk::load);
    }

    Walks(Loading loading, Supplier<IteratorWalk> load) {
        this.loading = loading;
        this.load = load;
    }

    /** A new look at the host begins. */
    void next() {
        looks++;
        if (loading == Loading.ITERATORS && looks == 2) {
            load();
        }
    }

    /** Whether no look has begun yet, so that the first one will do without iterators. */
    boolean areFresh() {
        return looks == 0;
    }

    /* an old or hardened kernel, or few privileges: what they would tell besides stays untold */
    private void load() {
        try {
            iterators = Optional.of(load.get());
        } catch (KernelException refused) {
            Problem why = refused.problem();
            proc = new ProcWalk(List.of(new Problem(
                    why.operation(),
                    why.object(),
                    why.errno(),
                    (why.hint().isEmpty() ? "" : why.hint() + ": ")
                            + "polls cost more, and links do not tell their network namespace")));
        }
    }

    ObjectWalk objects() {
        return iterators.<ObjectWalk>map(loaded -> loaded).orElse(ids);
    }

    HoldingWalk holdings() {
        return iterators.<HoldingWalk>map(loaded -> loaded).orElse(proc);
    }

    /** A first look at what others hold, which may go on beside other calls: what those hold for a moment is ours. */
    Integer beginHoldings() {
        return proc.begin();
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
