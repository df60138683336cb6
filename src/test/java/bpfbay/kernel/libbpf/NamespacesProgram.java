package bpfbay.kernel.libbpf;

import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.Problem;
import java.util.List;

/** Prints what keeps it from seeing all network namespaces by the privileges it is started with. */
final class NamespacesProgram {
    private NamespacesProgram() {}

    public static void main(String[] arguments) {
        try (Kernel kernel = LibbpfKernel.open(Loading.NOTHING)) {
            List<Problem> problems = kernel.namespaces().problems();
            System.out.println(problems.stream().map(Problem::object).toList());
        }
    }
}
