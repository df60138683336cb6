package bpfbay.swap;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Verdict;
import java.util.List;
import java.util.Optional;

/** What the candidate says to packets, beside what the live program says. */
final class TestRunGuard implements Guard {
    private static final int XDP_ABORTED = 0;

    @Override
    public GuardResult check(Inspection inspection) {
        if (!(inspection.request().testRun() instanceof SwapRequest.TestRun.Asked asked)) {
            return GuardResult.notApplicable(GuardName.TEST_RUN, "not asked for");
        } else if (inspection.challenger().fd().isEmpty()) {
            return inspection.challenger().missing(GuardName.TEST_RUN);
        }
        Seat first = inspection.seats().get(0);
        Optional<Verdict.Family> family = family(first);
        if (family.isEmpty()) {
            return GuardResult.notApplicable(GuardName.TEST_RUN, "programs of this hook are not run on packets");
        }
        Findings findings = new Findings(GuardName.TEST_RUN);
        List<SamplePacket> packets = packets(asked, findings);
        Optional<Fd> live = asked.which() == SwapRequest.TestRun.Programs.BOTH ? first.old() : Optional.empty();
        try {
            VerdictTable table = VerdictTable.run(
                    inspection.ground().testRuns(),
                    family.get(),
                    inspection.challenger().fd().get(),
                    live,
                    packets);
            table.lines().forEach(line -> line(line, findings));
        } catch (KernelException e) {
            findings.warn("not run: " + e.getMessage());
        }
        return findings.remark("the runs touched the maps of the programs that ran")
                .result();
    }

    private static Optional<Verdict.Family> family(Seat seat) {
        return switch (seat.attachment().place().hook()) {
            case "xdp" -> Optional.of(Verdict.Family.XDP);
            case "tc" -> Optional.of(Verdict.Family.TC);
            case "tcx", "netkit" -> Optional.of(Verdict.Family.TCX);
            default -> Optional.empty();
        };
    }

    private static List<SamplePacket> packets(SwapRequest.TestRun.Asked asked, Findings findings) {
        if (asked.packets().isEmpty()) {
            return SamplePackets.all();
        }
        PcapFile.Recording recording = PcapFile.read(asked.packets().get());
        recording.remark().ifPresent(findings::remark);
        return recording.packets();
    }

    private static void line(VerdictTable.Line line, Findings findings) {
        boolean isAborted = line.candidate() instanceof VerdictTable.Said said
                && said.verdict().equals(new Verdict(Verdict.Family.XDP, XDP_ABORTED));
        if (line.differs() || isAborted) {
            findings.warn(line.label());
        } else {
            findings.remark(line.label());
        }
    }
}
