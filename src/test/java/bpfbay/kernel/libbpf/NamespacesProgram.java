package bpfbay.kernel.libbpf;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.Problem;
import bpfbay.testing.Tool;
import java.util.ArrayList;
import java.util.List;

/** Prints what keeps it from seeing all network namespaces, or all pins, by the privileges it is started with. */
final class NamespacesProgram {
    private static final String BESIDE =
            """
            there=$(mktemp -u)
            BESIDE -c "touch $there; exec sleep 60" &
            until [ -e "$there" ]; do sleep 0.01; done
            rm "$there"
            setpriv --bounding-set=-sys_ptrace "$@"
            """;

    private NamespacesProgram() {}

    public static void main(String[] arguments) {
        try (Kernel kernel = LibbpfKernel.open(Loading.NOTHING)) {
            List<Problem> problems = kernel.namespaces().problems();
            if (arguments[0].equals("pins")) {
                problems = kernel.pins().problems();
            }
            System.out.println(problems.stream().map(Problem::object).toList());
        }
    }

    /** Its answer in a /proc with nothing but a shell, it and that program, which it may not look into. */
    static String unseen(String question, String beside) {
        List<String> java = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        for (String property : List.of("bpfbay.home", "jna.boot.library.path", "jna.nounpack", "jna.nosys")) {
            if (System.getProperty(property) != null) {
                java.add("-D" + property + "=" + System.getProperty(property));
            }
        }
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), NamespacesProgram.class.getName(), question));
        List<String> command = new ArrayList<>(List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child"));
        command.addAll(List.of("sh", "-c", BESIDE.replace("BESIDE", beside), "sh"));
        command.addAll(java);
        return Tool.run(command.toArray(String[]::new)).strip();
    }
}
