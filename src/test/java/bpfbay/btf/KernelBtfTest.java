package bpfbay.btf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The kernel's own BTF, the largest blob there is, beside what bpftool reads in it. */
@Tag("kernel")
class KernelBtfTest {
    private static final Path VMLINUX = Path.of("/sys/kernel/btf/vmlinux");
    private static final Pattern TYPE = Pattern.compile("\\[(\\d+)\\] (\\w+) '([^']*)'(?: size=(\\d+))?.*");

    @Test
    void every_type_of_the_kernel_has_the_name_and_size_that_bpftool_reads() throws IOException {
        Btf btf = Btf.parse(Files.readAllBytes(VMLINUX));
        assertEquals(Optional.empty(), btf.problem());
        int last = 0;
        List<String> functions = new ArrayList<>();
        for (String line : Tool.run("bpftool", "btf", "dump", "file", VMLINUX.toString())
                .lines()
                .toList()) {
            Matcher type = TYPE.matcher(line);
            if (type.matches()) {
                last = Integer.parseInt(type.group(1));
                String name = type.group(3);
                assertEquals(name.equals("(anon)") ? Optional.empty() : Optional.of(name), btf.typeName(last), line);
                if (type.group(4) != null) {
                    assertEquals(Long.parseLong(type.group(4)), btf.sizeOf(last).orElseThrow(), line);
                }
                if (type.group(2).equals("FUNC")) {
                    functions.add(name);
                }
            }
        }
        assertEquals(last + 1, btf.typeCount());
        assertEquals(functions, btf.functionNames());
        assertTrue(functions.size() > 1000);
    }

    @Test
    void every_type_of_the_kernel_can_be_written_down() throws IOException {
        Btf btf = Btf.parse(Files.readAllBytes(VMLINUX));
        for (int id = 1; id < btf.typeCount(); id++) {
            assertTrue(!BtfSignature.of(btf, id).isEmpty() || btf.typeName(id).isEmpty());
            assertTrue(!BtfDefinition.of(btf, id).isEmpty());
        }
    }
}
