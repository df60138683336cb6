package bpfbay.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A program's text as the kernel gives it out, for one look at one program. Source: {@code struct
 * bpf_prog_info} with its pointers filled. Bytes are in host order.
 *
 * @param xlated instructions after the verifier, 8 bytes each, or the reason
 * @param btf the raw BTF object, empty where the program has none
 * @param funcInfo records of {@code funcInfoSize} bytes: {@code struct bpf_func_info}
 * @param lineInfo records of {@code lineInfoSize} bytes: {@code struct bpf_line_info}
 * @param callBase address of {@code __bpf_call_base}, from which calls to helpers and kernel functions
 *     count; absent where /proc/kallsyms hides it
 * @param functions {@code jited_ksyms}: the address of each compiled function; empty when interpreted
 * @param symbols names of the kernel addresses that the text calls, as far as /proc/kallsyms shows them
 */
public record ProgramDump(
        int progId,
        Reading<Bytes> xlated,
        Bytes btf,
        Bytes funcInfo,
        int funcInfoSize,
        Bytes lineInfo,
        int lineInfoSize,
        List<Integer> mapIds,
        OptionalLong callBase,
        List<Long> functions,
        Map<Long, String> symbols) {
    public ProgramDump {
        requireNonNull(xlated, "xlated");
        requireNonNull(callBase, "callBase");
        functions = List.copyOf(functions);
        mapIds = List.copyOf(mapIds);
        symbols = Map.copyOf(symbols);
    }
}
