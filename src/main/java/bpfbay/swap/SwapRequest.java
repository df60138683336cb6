package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.Guardians;
import bpfbay.model.Ref;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator wants.
 *
 * @param reuse names of the live program's maps that a candidate from an object file is to be given
 * @param probe says by its exit status whether the swap may stay; gives a confirm window where none was said
 * @param canary swaps some members first
 */
public record SwapRequest(
        Target target,
        Candidate candidate,
        Optional<Expectation> expected,
        ConfirmWindow window,
        Set<String> reuse,
        TestRun testRun,
        Optional<Guardians.Probe> probe,
        Optional<Canary> canary,
        Pins pins,
        Purpose purpose) {
    public SwapRequest {
        requireNonNull(target, "target");
        requireNonNull(candidate, "candidate");
        requireNonNull(expected, "expected");
        requireNonNull(window, "window");
        reuse = Set.copyOf(reuse);
        requireNonNull(testRun, "testRun");
        requireNonNull(probe, "probe");
        requireNonNull(canary, "canary");
        requireNonNull(pins, "pins");
        requireNonNull(purpose, "purpose");
    }

    /** A request that asks for nothing out of the ordinary. */
    public static SwapRequest of(Ref ref, Candidate candidate) {
        return of(new Target.Named(List.of(ref)), candidate);
    }

    public static SwapRequest of(Target target, Candidate candidate) {
        return new SwapRequest(
                target,
                candidate,
                Optional.empty(),
                new ConfirmWindow.Default(),
                Set.of(),
                new TestRun.NotAsked(),
                Optional.empty(),
                Optional.empty(),
                Pins.KEEP,
                Purpose.COMMIT);
    }

    public SwapRequest expecting(Expectation value) {
        return new SwapRequest(
                target, candidate, Optional.of(value), window, reuse, testRun, probe, canary, pins, purpose);
    }

    public SwapRequest confirming(ConfirmWindow value) {
        return new SwapRequest(target, candidate, expected, value, reuse, testRun, probe, canary, pins, purpose);
    }

    public SwapRequest reusing(Set<String> value) {
        return new SwapRequest(target, candidate, expected, window, value, testRun, probe, canary, pins, purpose);
    }

    public SwapRequest testing(TestRun value) {
        return new SwapRequest(target, candidate, expected, window, reuse, value, probe, canary, pins, purpose);
    }

    public SwapRequest probing(Guardians.Probe value) {
        return new SwapRequest(
                target, candidate, expected, window, reuse, testRun, Optional.of(value), canary, pins, purpose);
    }

    public SwapRequest withoutProbe() {
        return new SwapRequest(
                target, candidate, expected, window, reuse, testRun, Optional.empty(), canary, pins, purpose);
    }

    public Optional<Path> probeCommand() {
        return probe.map(Guardians.Probe::command);
    }

    public SwapRequest withCanary(Canary value) {
        return withCanary(Optional.of(value));
    }

    public SwapRequest withCanary(Optional<Canary> value) {
        return new SwapRequest(target, candidate, expected, window, reuse, testRun, probe, value, pins, purpose);
    }

    public SwapRequest withPins(Pins value) {
        return new SwapRequest(target, candidate, expected, window, reuse, testRun, probe, canary, value, purpose);
    }

    public SwapRequest onlyPlanned() {
        return new SwapRequest(
                target, candidate, expected, window, reuse, testRun, probe, canary, pins, Purpose.DRY_RUN);
    }

    /** Which attachments. */
    public sealed interface Target {
        /** These; several make a group. */
        record Named(List<Ref> refs) implements Target {
            public Named {
                refs = List.copyOf(refs);
            }
        }

        /** Every attachment of a program of this name. */
        record OfProgramName(String name) implements Target {
            public OfProgramName {
                requireNonNull(name, "name");
            }
        }
    }

    /** How many members go first, and how long they must hold before the others follow. */
    public record Canary(int first, Duration soak) {
        public Canary {
            requireNonNull(soak, "soak");
            if (first < 1) {
                throw new NotUnderstoodException("a canary is one member at least");
            }
            if (soak.isNegative() || soak.compareTo(ConfirmWindow.LONGEST) > 0) {
                throw new NotUnderstoodException("a canary soaks 24h at most");
            }
        }
    }

    /** Whether programs are run on packets before anything is swapped; a run touches their maps. */
    public sealed interface TestRun {
        record NotAsked() implements TestRun {}

        /**
         * On samples or a recording.
         *
         * @param which the candidate alone, or the live program beside it
         * @param packets a pcap file instead of the built-in samples
         */
        record Asked(Programs which, Optional<Path> packets) implements TestRun {}

        enum Programs {
            CANDIDATE,
            BOTH
        }
    }

    /** What becomes of pins that name the old program, once the swap stays. */
    public enum Pins {
        KEEP,
        RENEW
    }

    public enum Purpose {
        COMMIT,
        /** The plan is all that is wanted: nothing is written down and no guard process is started. */
        DRY_RUN
    }
}
