package bpfbay.kernel;

import bpfbay.model.Problem;

/**
 * The kernel said no. The message is one whole line: {@code RTM_SETLINK eth0/xdp: EPERM — needs
 * CAP_NET_ADMIN}. The subtype is what the caller does about it; which errno means which is decided by
 * each operation, never by a table for all.
 */
public class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Problem problem;

    public KernelException(Problem problem) {
        super(problem.operation() + " " + problem.object() + ": " + Errno.name(problem.errno())
                + (problem.hint().isEmpty() ? "" : " — " + problem.hint()));
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /** The object is no more: skip it. */
    public static final class Gone extends KernelException {
        private static final long serialVersionUID = 1L;

        public Gone(Problem problem) {
            super(problem);
        }
    }

    /** These privileges do not allow it; the hint names the capability. */
    public static final class Denied extends KernelException {
        private static final long serialVersionUID = 1L;

        public Denied(Problem problem) {
            super(problem);
        }
    }

    /** This kernel cannot; the hint names the version that can. */
    public static final class Unsupported extends KernelException {
        private static final long serialVersionUID = 1L;

        public Unsupported(Problem problem) {
            super(problem);
        }
    }

    /** Somebody changed it meanwhile: look again. */
    public static final class Conflict extends KernelException {
        private static final long serialVersionUID = 1L;

        public Conflict(Problem problem) {
            super(problem);
        }
    }

    /** A link holds the place. */
    public static final class Held extends KernelException {
        private static final long serialVersionUID = 1L;

        public Held(Problem problem) {
            super(problem);
        }
    }

    /** The verifier refuses the program; its words are kept. */
    public static final class Rejected extends KernelException {
        private static final long serialVersionUID = 1L;

        private final String verifierLog;

        public Rejected(Problem problem, String verifierLog) {
            super(problem);
            this.verifierLog = verifierLog;
        }

        /** As the kernel wrote it; the last lines say why. */
        public String verifierLog() {
            return verifierLog;
        }
    }
}
