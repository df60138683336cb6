package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.Relations;
import java.util.List;

/** Holders by /proc/PID/fd and fdinfo: works everywhere, and costs by the number of all descriptors. */
final class ProcWalk implements HoldingWalk {
    private final NativeBuffer denied = new NativeBuffer(8);
    private final List<Problem> drawbacks;

    ProcWalk() {
        this(List.of());
    }

    ProcWalk(List<Problem> drawbacks) {
        this.drawbacks = drawbacks;
    }

    @Override
    public int holdings(Rows rows) {
        int filled = Filling.into(
                rows.next(), (address, capacity) -> ProcShim.shim_proc_holdings(address, capacity, denied.address()));
        if (filled < 0) {
            throw new KernelException(new Problem("open", "/proc", -filled, "holders are not known without /proc"));
        }
        rows.filled(filled);
        return denied.view().getInt(0);
    }

    @Override
    public Relations.Scan way() {
        return Relations.Scan.PROC_FDINFO;
    }

    @Override
    public List<Problem> drawbacks() {
        return drawbacks;
    }

    @Override
    public void close() {}
}
