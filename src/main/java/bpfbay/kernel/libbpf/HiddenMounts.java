package bpfbay.kernel.libbpf;

import bpfbay.model.Problem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/*
 * A process that lets nobody into its mount namespace still shows its mounts. A bpffs of it that is mounted
 * elsewhere too is seen there, and a process that has ended, or has no bpffs, hides nothing.
 */
/** The bpffs which only processes have mounted that may not be looked into: their pins are not seen. */
final class HiddenMounts {
    static final int ROW_BYTES = 16;

    private static final Set<String> BPFFS = Set.of("bpf");
    private static final int READ_AGAIN = 2;

    /**
     * Processes of one root.
     *
     * @param mounts its bpffs; absent where they are not shown either
     */
    private record Hidden(int processes, Optional<List<Mount>> mounts) {
        /** A path below which pins are not seen, or where pins may be that are not, if there is one. */
        Optional<String> unseen(Set<String> devices) {
            if (mounts.isEmpty()) {
                return Optional.of("");
            }
            for (Mount mount : mounts.get()) {
                if (!devices.contains(mount.device())) {
                    return Optional.of(mount.path());
                }
            }
            return Optional.empty();
        }
    }

    private final NativeBuffer rows = new NativeBuffer(64 * ROW_BYTES);
    private final RawFile file = new RawFile();
    private List<Hidden> hidden = List.of();
    private int sinceRead = READ_AGAIN;

    /** Absent where no pin is missed; {@code seen} are the mounts of those that may be looked into. */
    Optional<Problem> problem(List<Mount> seen) {
        if (++sinceRead > READ_AGAIN) {
            sinceRead = 0;
            read();
        }
        if (hidden.isEmpty()) {
            return Optional.empty();
        }
        Set<String> devices = new HashSet<>();
        for (Mount mount : seen) {
            devices.add(mount.device());
        }
        int processes = 0;
        String where = "";
        for (Hidden one : hidden) {
            Optional<String> path = one.unseen(devices);
            if (path.isPresent()) {
                processes += one.processes();
                where = where.isEmpty() ? path.get() : where;
            }
        }
        return processes == 0 ? Optional.empty() : Optional.of(problem(processes, where));
    }

    private static Problem problem(int processes, String where) {
        return ProcAccess.problem(
                "open",
                "/proc/*/root",
                processes,
                "pins of a bpffs that only they have mounted" + (where.isEmpty() ? "" : " (" + where + ")")
                        + " are not seen: a bpfbay that runs among them sees them");
    }

    private void read() {
        int filled = Filling.into(rows, NamespaceShim::shim_hidden_mounts);
        List<Hidden> now = new ArrayList<>();
        for (int at = 0; at < filled; at += ROW_BYTES) {
            ByteBuffer row = rows.view();
            boolean isShown = row.getInt(at + 12) == 0;
            now.add(new Hidden(row.getInt(at + 4), isShown ? Optional.of(mounts(row.getInt(at))) : Optional.empty()));
        }
        hidden = now;
    }

    private List<Mount> mounts(int pid) {
        String proc = "/proc/" + Integer.toUnsignedString(pid);
        return Mount.parse(file.text(proc + "/mountinfo"), proc + "/root", BPFFS);
    }
}
