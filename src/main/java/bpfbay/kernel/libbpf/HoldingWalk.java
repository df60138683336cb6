package bpfbay.kernel.libbpf;

import bpfbay.model.Problem;
import bpfbay.model.Relations;
import java.util.List;

/** A way to see which process holds which object: by /proc, or by an iterator program. */
interface HoldingWalk extends AutoCloseable {
    /** {@code struct shim_holding_row}, in any order and with repetitions; gives the number of processes not seen. */
    int holdings(Rows rows);

    Relations.Scan way();

    /** Why it is this walk and not a better one, where that was wanted. */
    default List<Problem> drawbacks() {
        return List.of();
    }

    @Override
    void close();
}
