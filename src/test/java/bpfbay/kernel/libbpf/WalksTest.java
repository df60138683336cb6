package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Listing;
import bpfbay.kernel.Loading;
import bpfbay.model.Holding;
import bpfbay.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class WalksTest {
    private static final Problem WHY = new Problem("BPF_PROG_LOAD", "iterators", Errno.EPERM, "needs CAP_BPF");

    @Test
    void why_iterators_did_not_load_is_a_problem_of_the_second_look() {
        try (Walks walks = new Walks(Loading.ITERATORS, WalksTest::refuse)) {
            HoldingSource holders = new HoldingSource();
            walks.next();
            assertEquals(List.of(), walks.holdings().drawbacks());
            walks.next();
            Listing<Holding> found = holders.read(walks.holdings());
            assertEquals(
                    new Problem(
                            "BPF_PROG_LOAD",
                            "iterators",
                            Errno.EPERM,
                            "needs CAP_BPF: polls cost more, and links do not tell their network namespace"),
                    found.problems().get(0));
        }
    }

    @Test
    void what_was_not_wanted_is_no_problem() {
        try (Walks walks = new Walks(Loading.NOTHING, WalksTest::refuse)) {
            walks.next();
            walks.next();
            assertEquals(List.of(), walks.holdings().drawbacks());
        }
    }

    private static IteratorWalk refuse() {
        throw new KernelException.Denied(WHY);
    }
}
