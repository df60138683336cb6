package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.TestRuns;
import bpfbay.model.Bytes;
import bpfbay.model.Verdict;
import bpfbay.swap.SamplePacket;
import bpfbay.swap.SamplePackets;
import bpfbay.swap.VerdictTable;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@InNetns
class TestRunsTest {
    private final TestRuns runs = LibbpfTestRuns.open();
    private final LibbpfLoader loader = LibbpfLoader.open();

    @Test
    void an_xdp_program_judges_every_sample() {
        try (LoadedObject object = loader.load(loader.ownObject("xdp_fw"))) {
            VerdictTable table = table(Verdict.Family.XDP, object.program(), Optional.empty());
            assertEquals("ARP request: XDP_PASS", table.lines().get(0).label());
            assertEquals(
                    List.of(),
                    table.lines().stream()
                            .filter(line -> line.candidate() instanceof VerdictTable.NotRun)
                            .map(line -> line.packet().name())
                            .toList());
        }
    }

    @Test
    void a_tc_program_judges_samples_in_the_words_of_its_hook() {
        try (LoadedObject object = loader.load(loader.ownObject("tc_classify"))) {
            Bytes arp = SamplePackets.all().get(0).bytes();
            assertEquals(
                    "TC_ACT_UNSPEC",
                    runs.run(object.program(), Verdict.Family.TC, arp).verdict().label());
            assertEquals(
                    "TCX_NEXT",
                    runs.run(object.program(), Verdict.Family.TCX, arp)
                            .verdict()
                            .label());
        }
    }

    @Test
    void verdicts_stand_side_by_side_and_differ_where_they_do() {
        try (Fd live = program(2);
                Fd candidate = program(1)) {
            VerdictTable table = table(Verdict.Family.XDP, candidate, Optional.of(live));
            assertEquals(
                    "ARP request: XDP_DROP, live XDP_PASS", table.lines().get(0).label());
            assertTrue(table.differences() >= 10, () -> "differences " + table.differences());
            assertEquals(0, table(Verdict.Family.XDP, live, Optional.of(live)).differences());
        }
    }

    @Test
    void the_packet_comes_back_as_the_program_left_it() {
        try (Fd pass = program(2)) {
            for (SamplePacket packet : SamplePackets.all().subList(0, 10)) {
                assertEquals(
                        packet.bytes(),
                        runs.run(pass, Verdict.Family.XDP, packet.bytes()).output());
            }
        }
    }

    @Test
    void a_packet_that_is_too_short_is_refused_with_the_reason() {
        try (Fd pass = program(2)) {
            Bytes bytes = Bytes.copyOf(new byte[13]);
            KernelException refused =
                    assertThrows(KernelException.class, () -> runs.run(pass, Verdict.Family.XDP, bytes));
            assertEquals(
                    "BPF_PROG_TEST_RUN packet of 13 bytes: EINVAL — shorter than an Ethernet header",
                    refused.getMessage());
        }
    }

    @Test
    void a_type_that_cannot_be_run_is_unsupported() {
        int number = RawBpf.loadProgram(15, 6, "device", 1);
        try (Fd device = new OpenFd(number)) {
            Bytes arp = SamplePackets.all().get(0).bytes();
            assertThrows(KernelException.Unsupported.class, () -> runs.run(device, Verdict.Family.XDP, arp));
        }
    }

    private static Fd program(int verdict) {
        return new OpenFd(RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "says", verdict));
    }

    private VerdictTable table(Verdict.Family family, Fd candidate, Optional<Fd> live) {
        return VerdictTable.run(runs, family, candidate, live, SamplePackets.all());
    }
}
