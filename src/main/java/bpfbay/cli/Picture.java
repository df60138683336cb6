package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.kernel.Errno;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.Problem;
import bpfbay.model.Snapshot;
import java.util.Set;

/** One look at the host, for commands that end after it. */
final class Picture {
    static final String DENIED =
            "nothing of BPF can be seen with these privileges: run as root, or with CAP_SYS_ADMIN, CAP_NET_ADMIN and"
                    + " CAP_SYS_PTRACE";

    private Picture() {}

    static Loading loading(Invocation invocation) {
        return invocation.has(Option.PASSIVE) ? Loading.NOTHING : Loading.ITERATORS;
    }

    static void refuseCallersInPassive(Invocation invocation) {
        if (invocation.has(Option.PASSIVE) && invocation.has(Option.WHO)) {
            throw invocation.wrong("--passive loads no program, so it does not go with --who");
        }
    }

    static Snapshot take(Kernel kernel, Surroundings surroundings) {
        try (Collector collector = new Collector(kernel, surroundings.clock(), StatsMode.OFF)) {
            return collector.collect(Set.of());
        }
    }

    /** Nothing of BPF was seen, and the kernel said that it is for lack of privilege. */
    static boolean isDenied(Snapshot snapshot) {
        return snapshot.attachments().isEmpty()
                && snapshot.programs().isEmpty()
                && snapshot.links().isEmpty()
                && snapshot.maps().isEmpty()
                && snapshot.problems().stream().anyMatch(Picture::isDenial);
    }

    /** Even root is refused a look into some processes; the lists of objects are refused only to others. */
    private static boolean isDenial(Problem problem) {
        return problem.operation().endsWith("_GET_NEXT_ID")
                && (problem.errno() == Errno.EPERM || problem.errno() == Errno.EACCES);
    }
}
