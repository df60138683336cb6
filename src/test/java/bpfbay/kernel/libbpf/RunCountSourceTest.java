package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Loading;
import bpfbay.model.RunCounts;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Counts of programs that the test has loaded and run, with bpftool as the witness. */
@InNetns
class RunCountSourceTest {
    private final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);

    @AfterEach
    void close() {
        kernel.close();
    }

    @Test
    void runs_are_counted_while_the_descriptor_is_open_as_bpftool_shows_them() throws IOException {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "counted", 2);
        int id = RawBpf.id(prog);
        try (Fd counting = kernel.enableCounting()) {
            assertTrue(counting.number() >= 0);
            testRun(id, 6);
        }
        RunCounts counts = kernel.runCounts(List.of(id)).getOrDefault(id, new RunCounts(0, 0));
        assertEquals(6, counts.runCount());
        JsonObject witness = Tool.json("bpftool", "-j", "prog", "show", "id", Integer.toString(id))
                .getAsJsonObject();
        assertEquals(witness.get("run_cnt").getAsLong(), counts.runCount());
        assertEquals(witness.get("run_time_ns").getAsLong(), counts.runTimeNs());
        RawBpf.closeAll(prog);
    }

    @Test
    void counts_of_many_programs_come_at_once_and_those_of_the_gone_are_left_out() {
        int first = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "first", 2);
        int gone = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "gone", 2);
        int last = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "last", 2);
        List<Integer> ids = List.of(RawBpf.id(first), RawBpf.id(gone), RawBpf.id(last));
        RawBpf.closeAll(gone);
        Map<Integer, RunCounts> counts = kernel.runCounts(ids);
        assertEquals(Set.of(ids.get(0), ids.get(2)), counts.keySet());
        assertEquals(new RunCounts(0, 0), counts.get(ids.get(2)));
        RawBpf.closeAll(first, last);
    }

    @Test
    void asking_for_more_programs_than_the_buffers_first_hold_gives_them_all() {
        int[] fds = new int[400];
        for (int i = 0; i < fds.length; i++) {
            fds[i] = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "many", 2);
        }
        List<Integer> ids = Arrays.stream(fds).mapToObj(RawBpf::id).toList();
        OpenDescriptors before = OpenDescriptors.now();
        assertEquals(Set.copyOf(ids), kernel.runCounts(ids).keySet());
        before.assertSameAsNow();
        RawBpf.closeAll(fds);
    }

    @Test
    void counting_by_descriptor_is_not_counting_by_sysctl() {
        boolean bySysctl =
                Tool.run("cat", "/proc/sys/kernel/bpf_stats_enabled").strip().equals("1");
        assertEquals(bySysctl, kernel.isCountingBySysctl());
        try (Fd counting = kernel.enableCounting()) {
            assertFalse(counting.number() < 0);
            assertEquals(bySysctl, kernel.isCountingBySysctl());
        }
    }

    @Test
    void a_refusal_says_what_is_missing() {
        KernelException denied = RunCountSource.notEnabled(Errno.EPERM);
        assertEquals("BPF_ENABLE_STATS run counts: EPERM — needs CAP_SYS_ADMIN", denied.getMessage());
        assertInstanceOf(KernelException.Denied.class, denied);
        KernelException old = RunCountSource.notEnabled(Errno.EINVAL);
        assertEquals("BPF_ENABLE_STATS run counts: EINVAL — needs Linux 5.8", old.getMessage());
        assertInstanceOf(KernelException.Unsupported.class, old);
    }

    private static void testRun(int id, int times) throws IOException {
        Path packet = Files.write(Path.of("target", "run-count-packet"), new byte[64]);
        Tool.run(
                "bpftool",
                "prog",
                "run",
                "id",
                Integer.toString(id),
                "data_in",
                packet.toString(),
                "repeat",
                Integer.toString(times));
    }
}
