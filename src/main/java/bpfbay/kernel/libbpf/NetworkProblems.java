package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.NetNamespace;
import bpfbay.model.Problem;
import java.util.List;

/** What can go wrong with one dump of a namespace, in words. Each is said once. */
final class NetworkProblems {
    private NetworkProblems() {}

    static void add(
            List<Problem> problems, String operation, NetNamespace namespace, NetlinkDump.Reply reply, int damaged) {
        if (reply.errno() == 0 && !reply.isInterrupted() && damaged == 0) {
            return;
        }
        String object = NetlinkSource.objectOf(namespace);
        if (reply.errno() != 0) {
            once(problems, new Problem(operation, object, reply.errno(), hint(reply.errno())));
        }
        if (reply.isInterrupted()) {
            once(problems, new Problem(operation, object, 0, "the list kept changing: it may be incomplete"));
        }
        if (damaged > 0) {
            once(problems, new Problem(operation, object, 0, "the reply is damaged: it may be incomplete"));
        }
    }

    static void once(List<Problem> problems, Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    private static String hint(int errno) {
        return errno == Errno.EPERM ? "needs CAP_NET_ADMIN" : "this list is missing";
    }
}
