package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.Loading;
import bpfbay.model.Program;
import bpfbay.testing.Clang;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One source, built again with one thing changed, and loaded into this kernel. */
@InNetns
class FingerprintTest {
    private static final String SOURCE =
            """
            #include <linux/bpf.h>
            #include <bpf/bpf_helpers.h>

            struct {
            	__uint(type, BPF_MAP_TYPE_HASH);
            	__uint(max_entries, ENTRIES);
            	__type(key, __u32);
            	__type(value, __u64);
            } seen SEC(".maps");

            const volatile __u32 port = PORT;
            __u32 limit = LIMIT;
            __u32 runs;

            static __attribute__((noinline)) int INNER(__u32 key)
            {
            	return bpf_map_lookup_elem(&seen, &key) ? limit : port;
            }

            SEC("xdp")
            int judge_every_packet(struct xdp_md *ctx)
            {
            	runs++;
            	return INNER(ctx->ingress_ifindex) ? XDP_PASS : XDP_DROP;
            }

            #ifdef NEIGHBOUR
            SEC("xdp")
            int neighbour(struct xdp_md *ctx)
            {
            	return XDP_PASS;
            }
            #endif

            char LICENSE[] SEC("license") = "GPL";
            """;
    private static final List<String> DEFAULTS = List.of("ENTRIES=16", "PORT=80", "LIMIT=5", "INNER=inner");

    private final LibbpfLoader loader = LibbpfLoader.open();
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void a_second_load_and_a_file_of_another_name_are_the_same_build() throws IOException {
        Path object = build("fingerprint_a");
        Path renamed = build("another_name_for_it");
        assertEquals(fingerprint(object), fingerprint(object));
        assertEquals(fingerprint(object), fingerprint(renamed));
    }

    @Test
    void it_is_sixteen_hexadecimal_digits() throws IOException {
        assertTrue(fingerprint(build("fingerprint_a")).matches("[0-9a-f]{16}"));
    }

    @ParameterizedTest
    @CsvSource({"max_entries,ENTRIES=17", "constant,PORT=81", "variable,LIMIT=6", "function,INNER=renamed"})
    void one_changed_thing_makes_another_build(String what, String definition) throws IOException {
        Path before = build("fingerprint_a");
        Path after = build("fingerprint_b", definition);
        if (!what.equals("max_entries")) {
            assertEquals(program(before).tag(), program(after).tag(), "the tag alone does not tell");
        }
        assertNotEquals(fingerprint(before), fingerprint(after));
    }

    @Test
    void the_functions_are_the_same_where_only_numbers_differ() throws IOException {
        assertEquals(functions("ENTRIES=16"), functions("ENTRIES=17", "PORT=81", "LIMIT=6"));
        assertNotEquals(functions("INNER=inner"), functions("INNER=renamed"));
    }

    @Tag("host")
    @Test
    void another_program_in_the_same_file_changes_nothing() throws IOException {
        assertEquals(fingerprint(build("fingerprint_a")), fingerprint(build("fingerprint_b", "NEIGHBOUR")));
    }

    @Tag("host")
    @Test
    void a_name_that_the_kernel_cuts_is_whole() throws IOException {
        assertEquals("judge_every_packet", program(build("fingerprint_a")).name());
    }

    @Tag("host")
    @Test
    void finding_new_programs_leaves_no_descriptor_behind() throws IOException {
        Path object = build("fingerprint_a");
        kernel.programs();
        try (LoadedObject loaded = loader.load(object)) {
            OpenDescriptors before = OpenDescriptors.now();
            assertTrue(kernel.programs().items().stream()
                    .anyMatch(p -> p.object().equals(loaded.programId("judge_every_packet"))));
            before.assertSameAsNow();
        }
    }

    private String functions(String... changed) throws IOException {
        return program(build("fingerprint_b", changed)).functions().found().orElseThrow();
    }

    private String fingerprint(Path object) {
        return program(object).fingerprint().found().orElseThrow();
    }

    private Program program(Path object) {
        try (LoadedObject loaded = loader.load(object)) {
            return kernel.programs().items().stream()
                    .filter(p -> p.object().equals(loaded.programId("judge_every_packet")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path build(String name, String... changed) throws IOException {
        /* a random name would leave the JDK's random devices open */
        Path folder = Files.createDirectories(Path.of("target", "fingerprints"));
        Path source = folder.resolve(name + ".bpf.c");
        Path object = folder.resolve(name + ".bpf.o");
        List<String> command =
                new ArrayList<>(List.of("clang", "-O2", "-g", "-target", "bpf", "-mcpu=v3", "-Wall", "-Werror"));
        for (String machine : List.of("x86_64", "aarch64")) {
            command.add("-I/usr/include/" + machine + "-linux-gnu");
        }
        for (String definition : DEFAULTS) {
            String key = definition.substring(0, definition.indexOf('=') + 1);
            if (List.of(changed).stream().noneMatch(other -> other.startsWith(key))) {
                command.add("-D" + definition);
            }
        }
        for (String definition : changed) {
            command.add("-D" + definition);
        }
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        Clang.make(object, source, SOURCE, command.toArray(String[]::new));
        return object;
    }
}
