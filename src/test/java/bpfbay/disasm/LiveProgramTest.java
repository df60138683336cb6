package bpfbay.disasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Loading;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.model.ProgramDump;
import bpfbay.testing.Clang;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawDump;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs of {@link CapturedProgramTest}, compiled and loaded into this kernel, compared with what
 * bpftool prints of them now. {@code -Dcaptures.update=true} keeps what was seen as the new captures.
 */
@InNetns
class LiveProgramTest {
    private static final Path PIN = Path.of("/sys/fs/bpf/live");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xdp_subprograms",
                "tc_arithmetic",
                "socket_packet",
                "iter_kernel_memory",
                "iter_kernel_functions"
            })
    void a_loaded_program_reads_as_bpftool_prints_it(String name) throws IOException {
        Path object = compile(name);
        Tool.run("bpftool", "prog", "load", object.toString(), PIN.toString());
        ProgramDump dump = RawDump.of(PIN);
        String expected = Tool.run("bpftool", "prog", "dump", "xlated", "pinned", PIN.toString(), "linum");

        assertEquals(expected, LinumText.of(Disassembly.of(dump)));
        try (LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING)) {
            assertEquals(expected, LinumText.of(Disassembly.of(kernel.dump(dump.progId()))));
        }
        if (Boolean.getBoolean("captures.update")) {
            Capture.write(name, dump, expected);
        }
    }

    /** Without BTF for the classic socket filter, which needs none: programs without it must read too. */
    private static Path compile(String name) throws IOException {
        /* A random name would leave the JDK's random devices open. */
        Path folder = Files.createDirectories(Path.of("target", "live-programs"));
        Path source = folder.resolve(name + ".bpf.c");
        List<String> command = new ArrayList<>(
                List.of("clang", "-O2", "-target", "bpf", "-mcpu=v3", "-Wall", "-Werror", "-fdebug-compilation-dir=."));
        if (!name.equals("socket_packet")) {
            command.add("-g");
        }
        for (String machine : List.of("x86_64", "aarch64")) {
            command.add("-I/usr/include/" + machine + "-linux-gnu");
        }
        Path object = folder.resolve(name + ".o");
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        Clang.make(object, source, Capture.source(name), command.toArray(String[]::new));
        return object;
    }
}
