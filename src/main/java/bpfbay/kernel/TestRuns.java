package bpfbay.kernel;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Bytes;
import bpfbay.model.Verdict;
import java.time.Duration;

/**
 * Lets the kernel run a loaded program on a packet that nobody sent: BPF_PROG_TEST_RUN. The verdict is not
 * carried out, but the run is a real one: it reads and writes the program's maps. Any one thread.
 */
public interface TestRuns {
    /**
     * Runs it once. Fails with Denied, with Unsupported where programs of this type cannot be run so, and
     * otherwise with the reason why it does not take this packet.
     *
     * @param family whose words the verdict shall have; it says nothing about the run
     * @param packet from its Ethernet header on
     */
    Run run(Fd program, Verdict.Family family, Bytes packet);

    /**
     * One run.
     *
     * @param output the packet as the program left it
     * @param duration of the run alone, as the kernel measured it
     */
    record Run(Verdict verdict, Bytes output, Duration duration) {
        public Run {
            requireNonNull(verdict, "verdict");
            requireNonNull(output, "output");
            requireNonNull(duration, "duration");
        }
    }
}
