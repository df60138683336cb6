package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.ProgType;
import bpfbay.testing.InNetns;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** One clear line for each file that gives no candidate. */
@InNetns
class CandidateRefusalsTest {
    private static final Path FIREWALL = NativeCode.bpfObject("xdp_fw");

    private final LibbpfCandidates candidates = LibbpfCandidates.open();

    @Test
    void a_file_that_is_not_there() {
        assertRefused("open /no/such.o: ENOENT — there is no such file", xdp(Path.of("/no/such.o")));
    }

    @Test
    void a_directory() {
        assertRefused("open /proc: EISDIR — it is a directory", xdp(Path.of("/proc")));
    }

    @Tag("host")
    @Test
    void a_device() {
        assertRefused("open /dev/zero: EINVAL — it is no regular file", xdp(Path.of("/dev/zero")));
    }

    @Tag("host")
    @Test
    void a_file_that_is_no_elf() throws IOException {
        Path text = write("text.o", "a text of more than twenty bytes".getBytes(StandardCharsets.UTF_8));
        assertRefused("open " + text + ": ENOEXEC — it is no ELF file, such as clang -target bpf makes", xdp(text));
        Path empty = write("empty.o", new byte[0]);
        assertRefused("open " + empty + ": ENOEXEC — it is no ELF file, such as clang -target bpf makes", xdp(empty));
    }

    @Tag("host")
    @Test
    void an_elf_of_another_machine() {
        Path own = NativeCode.executable("candidate");
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
        assertRefused("open " + own + ": ENOEXEC — it is built for " + machine + " and not for BPF", xdp(own));
    }

    @Tag("host")
    @Test
    void an_elf_of_the_other_byte_order() throws IOException {
        byte[] bytes = Files.readAllBytes(FIREWALL);
        bytes[5] = (byte) (3 - bytes[5]);
        byte low = bytes[18];
        bytes[18] = bytes[19];
        bytes[19] = low;
        Path other = write("other_order.o", bytes);
        assertRefused("open " + other + ": ENOEXEC — it is built for the other byte order", xdp(other));
    }

    @Tag("host")
    @Test
    void a_truncated_object() throws IOException {
        byte[] bytes = Files.readAllBytes(FIREWALL);
        Path half = write("half.o", Arrays.copyOf(bytes, bytes.length / 2));
        for (Executable asking : List.<Executable>of(
                () -> candidates.contents(half),
                () -> candidates.load(xdp(half)).close())) {
            String line =
                    String.valueOf(assertThrows(KernelException.class, asking).getMessage());
            assertTrue(line.startsWith("open " + half + ": ENOEXEC — elf: "), line);
        }
    }

    @Tag("host")
    @Test
    void an_object_without_programs() {
        Path maps = CandidateFiles.build("only_maps");
        assertRefused("open " + maps + ": ENOENT — it defines no program", xdp(maps));
    }

    @Tag("host")
    @Test
    void an_object_without_that_program() {
        assertRefused(
                "open " + FIREWALL + ": ENOENT — it has no program xdp_fv, did you mean xdp_fw?",
                named(FIREWALL, "xdp_fv"));
        assertRefused(
                "open " + FIREWALL + ": ENOENT — it has no program unlike, but xdp_fw", named(FIREWALL, "unlike"));
    }

    @Tag("host")
    @Test
    void several_programs_and_none_named() {
        Path several = CandidateFiles.build("tail_calls");
        assertRefused(
                "open " + several + ": ENOENT — it defines 3 programs, name one of last, other, entry", xdp(several));
    }

    @Tag("host")
    @Test
    void a_program_of_another_type() {
        Candidates.Wish wish = new Candidates.Wish(FIREWALL, Optional.empty(), ProgType.SCHED_CLS, List.of(), Map.of());
        assertRefused("open " + FIREWALL + ": EINVAL — xdp_fw is of type xdp, not sched_cls", wish);
    }

    @Tag("host")
    @Test
    void what_the_verifier_refuses_with_its_whole_log() {
        Path file = CandidateFiles.build("past_the_end");
        KernelException.Rejected rejected =
                assertThrows(KernelException.Rejected.class, () -> candidates.load(xdp(file)));
        assertEquals("BPF_PROG_LOAD " + file + ": EACCES — R1 invalid mem access 'pkt_end'", rejected.getMessage());
        String log = rejected.verifierLog();
        assertTrue(log.length() > 500_000, () -> "only " + log.length());
        assertTrue(log.stripLeading().startsWith("0:") || log.contains("\n0: "), () -> log.substring(0, 200));
        assertTrue(log.contains("\nR1 invalid mem access 'pkt_end'\nprocessed "), log.substring(log.length() - 200));
    }

    @Tag("host")
    @Test
    void a_map_that_would_take_all_memory() {
        Path file = CandidateFiles.build("large_map");
        assertRefused(
                "load " + file + ": ENOMEM — map sea takes 8404991 MiB, more than half of the memory that is free",
                xdp(file));
    }

    @Tag("host")
    @Test
    void a_type_that_no_kernel_has() {
        Path file = NativeCode.bpfObject("netfilter_count");
        Candidates.Wish wish = new Candidates.Wish(file, Optional.empty(), new ProgType(77), List.of(), Map.of());
        assertRefused(
                "load " + file + ": EINVAL — the kernel has no programs of this type, or none for this attach type",
                wish);
    }

    @Tag("host")
    @Test
    void a_shared_map_of_another_definition() {
        LibbpfLoader loader = LibbpfLoader.open();
        try (LoadedObject live = loader.load(CandidateFiles.build("tail_calls"))) {
            int jumps = LibbpfLoader.idOf(Objects.requireNonNull(live.maps().get("jumps")));
            assertRefused(
                    "share a map with " + FIREWALL + ": EINVAL — map packets: the type is 2 in the file and 3 in map:"
                            + Integer.toUnsignedString(jumps),
                    sharing(FIREWALL, Map.of("packets", jumps)));
        }
    }

    @Tag("host")
    @Test
    void a_shared_map_that_the_file_does_not_have() {
        assertRefused(
                "share a map with " + FIREWALL + ": ENOENT — it has no map packet, did you mean packets?",
                sharing(FIREWALL, Map.of("packet", 1)));
    }

    @Tag("host")
    @Test
    void a_shared_map_that_is_gone() {
        assertRefused(
                "share a map with " + FIREWALL + ": ENOENT — map:4294967295 cannot be opened",
                sharing(FIREWALL, Map.of("packets", -1)));
    }

    private void assertRefused(String line, Candidates.Wish wish) {
        KernelException refused = assertThrows(KernelException.class, () -> candidates.load(wish));
        assertEquals(line, refused.getMessage());
    }

    private static Path write(String name, byte[] bytes) throws IOException {
        return Files.write(CandidateFiles.folder().resolve(name), bytes);
    }

    private static Candidates.Wish xdp(Path file) {
        return new Candidates.Wish(file, Optional.empty(), ProgType.XDP, List.of(), Map.of());
    }

    private static Candidates.Wish named(Path file, String program) {
        return new Candidates.Wish(file, Optional.of(program), ProgType.XDP, List.of(), Map.of());
    }

    private static Candidates.Wish sharing(Path file, Map<String, Integer> reuse) {
        return new Candidates.Wish(file, Optional.empty(), ProgType.XDP, List.of(), reuse);
    }
}
