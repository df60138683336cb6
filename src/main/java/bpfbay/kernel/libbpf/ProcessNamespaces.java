package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;

/** One process for each network and each mount namespace, the calling thread before all: {@code struct shim_ns_row}. */
final class ProcessNamespaces {
    static final int ROW_BYTES = 24;

    private final Rows rows = new Rows(ROW_BYTES);
    private final NativeBuffer denied = new NativeBuffer(8);

    void walk() {
        int filled = Filling.into(
                rows.next(), (address, capacity) -> NamespaceShim.shim_namespaces(address, capacity, denied.address()));
        if (filled < 0) {
            throw new KernelException(new Problem("open", "/proc", -filled, "namespaces are not known without /proc"));
        }
        rows.filled(filled);
    }

    boolean areUnchanged() {
        return rows.areUnchanged();
    }

    /** How many processes could not be looked at. */
    int denied() {
        return denied.view().getInt(0);
    }

    int count() {
        return rows.count();
    }

    /** 0 for the calling thread. */
    int pid(int row) {
        return rows.id(row);
    }

    /** Inode of the network namespace, 0 where it cannot be seen. */
    long net(int row) {
        return rows.current().getLong(row * ROW_BYTES + 8);
    }

    /** Inode of the mount namespace, 0 where it cannot be seen. */
    long mount(int row) {
        return rows.current().getLong(row * ROW_BYTES + 16);
    }

    /** {@code /proc/thread-self} or {@code /proc/PID}. */
    String proc(int row) {
        return pid(row) == 0 ? "/proc/thread-self" : "/proc/" + Integer.toUnsignedString(pid(row));
    }
}
