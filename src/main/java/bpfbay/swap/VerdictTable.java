package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.TestRuns;
import bpfbay.model.Bytes;
import bpfbay.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the candidate says to packets, beside what the live program says where it was asked too. */
public record VerdictTable(List<Line> lines) {
    public VerdictTable {
        lines = List.copyOf(lines);
    }

    /** One packet. */
    public record Line(SamplePacket packet, Optional<Answer> live, Answer candidate) {
        public Line {
            requireNonNull(packet, "packet");
            requireNonNull(live, "live");
            requireNonNull(candidate, "candidate");
        }

        /** Both were asked, and verdict or packet differ. */
        public boolean differs() {
            return live.isPresent() && !live.get().equals(candidate);
        }

        /** {@code IPv4 UDP to port 53: XDP_PASS, live XDP_DROP}. */
        public String label() {
            String beside = live.map(answer -> ", live " + answer.label()).orElse("");
            boolean changesBytes = differs() && live.get().label().equals(candidate.label());
            return packet.name() + ": " + candidate.label() + beside + (changesBytes ? ", other bytes" : "");
        }
    }

    /** What came of one run. */
    public sealed interface Answer {
        String label();
    }

    /**
     * A verdict.
     *
     * @param output the packet as the program left it
     */
    public record Said(Verdict verdict, Bytes output) implements Answer {
        @Override
        public String label() {
            return verdict.label();
        }
    }

    /** The kernel does not run the program on this packet. */
    public record NotRun(String why) implements Answer {
        @Override
        public String label() {
            return "not run (" + why + ")";
        }
    }

    public long differences() {
        return lines.stream().filter(Line::differs).count();
    }

    /**
     * Runs each on each packet, which touches the maps of those that run. Fails with Denied or Unsupported
     * where no packet at all can be tried.
     */
    public static VerdictTable run(
            TestRuns runs, Verdict.Family family, Fd candidate, Optional<Fd> live, List<SamplePacket> packets) {
        List<Line> lines = new ArrayList<>();
        for (SamplePacket packet : packets) {
            Optional<Answer> before = live.map(program -> answer(runs, family, program, packet));
            lines.add(new Line(packet, before, answer(runs, family, candidate, packet)));
        }
        return new VerdictTable(lines);
    }

    private static Answer answer(TestRuns runs, Verdict.Family family, Fd program, SamplePacket packet) {
        try {
            TestRuns.Run run = runs.run(program, family, packet.bytes());
            return new Said(run.verdict(), run.output());
        } catch (KernelException.Denied | KernelException.Unsupported forAll) {
            throw forAll;
        } catch (KernelException refused) {
            return new NotRun(refused.problem().hint());
        }
    }
}
