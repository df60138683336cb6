package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.Relations;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Holders by /proc/PID/fd and fdinfo: works everywhere, and costs by the number of all descriptors. */
final class ProcWalk implements HoldingWalk {
    private final NativeBuffer denied = new NativeBuffer(8);
    private Optional<Others> others = Optional.empty();

    /** As native/shim_proc.c numbers them. */
    private enum Whose {
        EVERYBODY(0),
        OTHERS(1),
        OWN(2);

        private final int number;

        Whose(int number) {
            this.number = number;
        }
    }

    private record Others(ByteBuffer rows, int denied) {}

    private final List<Problem> drawbacks;

    ProcWalk() {
        this(List.of());
    }

    ProcWalk(List<Problem> drawbacks) {
        this.drawbacks = drawbacks;
    }

    /** What other processes hold; the next walk takes it over and adds what is held here. */
    Integer begin() {
        NativeBuffer room = new NativeBuffer(Rows.ROOM);
        int filled = walk(room, Whose.OTHERS);
        others = Optional.of(new Others(room.slice(filled), denied.view().getInt(0)));
        return filled;
    }

    @Override
    public int holdings(Rows rows) {
        Optional<Others> begun = others;
        others = Optional.empty();
        if (begun.isEmpty()) {
            rows.filled(walk(rows.next(), Whose.EVERYBODY));
            return denied.view().getInt(0);
        }
        NativeBuffer room = rows.next();
        int own = walk(room, Whose.OWN);
        ByteBuffer theirs = begun.get().rows();
        while (room.capacity() < own + theirs.remaining()) {
            room.grow(own);
        }
        room.view().put(own, theirs, 0, theirs.remaining());
        rows.filled(own + theirs.remaining());
        return denied.view().getInt(0) + begun.get().denied();
    }

    private int walk(NativeBuffer room, Whose whose) {
        int filled = Filling.into(
                room,
                (address, capacity) -> ProcShim.shim_proc_holdings(address, capacity, whose.number, denied.address()));
        if (filled < 0) {
            throw new KernelException(new Problem("open", "/proc", -filled, "holders are not known without /proc"));
        }
        return filled;
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
