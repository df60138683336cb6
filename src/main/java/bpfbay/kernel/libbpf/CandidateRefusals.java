package bpfbay.kernel.libbpf;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Nearest;
import bpfbay.model.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Why an object file gives no candidate, in one line each. */
final class CandidateRefusals {
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    /* enum libbpf_errno begins above the kernel's */
    private static final int LIBBPF_ERRNO_START = 4000;
    /* libbpf says more before it says these */
    private static final List<String> SAYING_LITTLE = List.of(
            "failed to load",
            "BPF program load failed",
            "permission error while running as root",
            "Error in bpf_",
            "-- BEGIN PROG LOAD LOG");

    private CandidateRefusals() {}

    /** The process ended before it had answered. */
    static KernelException fell(String file, ChildProcess.Ending ending) {
        int signal = ending.signal().orElse(0);
        return switch (signal) {
            case 0 -> refused("open", file, Errno.EIO, "libbpf gave up on this file");
            case SIGXCPU -> refused("open", file, Errno.ETIMEDOUT, "libbpf took too much time over this file");
            case SIGKILL ->
                refused("open", file, Errno.EIO, "libbpf was killed over this file, maybe for want of memory");
            default -> refused("open", file, Errno.EIO, "libbpf fell over this file (signal " + signal + ")");
        };
    }

    static KernelException late(String file) {
        return refused("open", file, Errno.ETIMEDOUT, "libbpf came to no end with this file");
    }

    /** What the process says makes no sense: the file has overwritten it. */
    static KernelException garbled(String file) {
        return refused("open", file, Errno.EIO, "libbpf lost its way in this file");
    }

    /** The process said what it could not do. */
    static KernelException of(Candidates.Wish wish, CandidateAnswer answer, CandidateAnswer.Failure failure) {
        String file = wish.objectFile().toString();
        Candidates.Contents contents = answer.contents();
        return switch (failure.stage()) {
            case "open" -> opening(file, failure);
            case "choose" -> refused("open", file, Errno.ENOENT, choosing(wish, contents.programs()));
            case "fit" -> refused("open", file, Errno.EINVAL, fitting(wish, contents.programs()));
            case "reuse" -> sharing(wish, contents.maps(), failure);
            case "load" -> loading(file, failure, answer.log());
            default -> refused(failure.stage(), file, failure.errno(), reasonOf(failure, "no candidate can be loaded"));
        };
    }

    static KernelException opening(String file, CandidateAnswer.Failure failure) {
        int errno = failure.errno() >= LIBBPF_ERRNO_START ? Errno.ENOEXEC : failure.errno();
        return refused("open", file, errno, reasonOf(failure, "libbpf does not understand it"));
    }

    private static String choosing(Candidates.Wish wish, List<Candidates.Defined> programs) {
        List<String> names = programs.stream().map(Candidates.Defined::name).toList();
        if (names.isEmpty()) {
            return "it defines no program";
        }
        if (wish.program().isEmpty()) {
            return "it defines " + names.size() + " programs, name one of " + String.join(", ", names);
        }
        return "it has no program " + wish.program().orElseThrow()
                + Nearest.to(wish.program().orElseThrow(), names)
                        .map(near -> ", did you mean " + near + "?")
                        .orElse(", but " + String.join(", ", names));
    }

    private static String fitting(Candidates.Wish wish, List<Candidates.Defined> programs) {
        return programs.stream()
                .filter(program -> wish.program().map(program.name()::equals).orElse(true))
                .map(program -> program.name() + " is of type " + program.type().label() + ", not "
                        + wish.type().label())
                .collect(Collectors.joining(", "));
    }

    private static KernelException sharing(
            Candidates.Wish wish, List<Candidates.DefinedMap> maps, CandidateAnswer.Failure failure) {
        List<String> names = maps.stream().map(Candidates.DefinedMap::name).toList();
        String reason = wish.reuse().keySet().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .map(name -> "it has no map " + name
                        + Nearest.to(name, names)
                                .map(near -> ", did you mean " + near + "?")
                                .orElse(""))
                .orElse(reasonOf(failure, "the map cannot be shared"));
        Problem problem = new Problem("share a map with", wish.objectFile().toString(), failure.errno(), reason);
        return failure.errno() == Errno.EPERM ? new KernelException.Denied(problem) : new KernelException(problem);
    }

    private static KernelException loading(String file, CandidateAnswer.Failure failure, String log) {
        KernelException refusal = LibbpfLoader.refusal(file, failure.errno(), log);
        if (refusal.getClass() != KernelException.class) {
            return refusal;
        }
        String otherwise = failure.errno() == Errno.EINVAL
                ? "the kernel has no programs of this type, or none for this attach type"
                : refusal.problem().hint();
        return refused("load", file, failure.errno(), reasonOf(failure, otherwise));
    }

    private static String reasonOf(CandidateAnswer.Failure failure, String otherwise) {
        if (!failure.reason().isEmpty()) {
            return failure.reason();
        }
        return Arrays.stream(failure.warnings().split("\n", -1))
                .map(line -> line.startsWith("libbpf: ") ? line.substring("libbpf: ".length()) : line)
                .filter(line -> !line.isBlank() && SAYING_LITTLE.stream().noneMatch(line::contains))
                .reduce("", (before, line) -> line)
                .transform(line -> line.isEmpty() ? otherwise : line);
    }

    private static KernelException refused(String operation, String file, int errno, String hint) {
        return new KernelException(new Problem(operation, file, errno, hint));
    }
}
