package bpfbay.cli;

import bpfbay.kernel.Guardians;
import bpfbay.model.Nearest;
import bpfbay.model.Ref;
import bpfbay.swap.Candidate;
import bpfbay.swap.ConfirmWindow;
import bpfbay.swap.Expectation;
import bpfbay.swap.GuardName;
import bpfbay.swap.SwapRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the words of {@code bpfbay swap} ask for. */
record SwapArguments(Invocation invocation) {
    SwapRequest request() {
        SwapRequest request = SwapRequest.of(
                        target(),
                        Candidate.parse(invocation
                                .value(Option.TO)
                                .orElseThrow(() -> invocation.wrong("needs --to prog:ID, pin:PATH or obj:FILE"))))
                .confirming(window())
                .reusing(reuse())
                .testing(testRun());
        if (invocation.has(Option.EXPECT)) {
            request = request.expecting(
                    Expectation.parse(invocation.value(Option.EXPECT).orElseThrow()));
        }
        if (invocation.has(Option.PROBE)) {
            request = request.probing(probe(invocation.value(Option.PROBE).orElseThrow()));
        }
        Optional<SwapRequest.Canary> canary = canary();
        if (canary.isPresent()) {
            request = request.withCanary(canary.get());
        }
        if (invocation.has(Option.RENEW_PINS)) {
            request = request.withPins(SwapRequest.Pins.RENEW);
        }
        return invocation.has(Option.DRY_RUN) ? request.onlyPlanned() : request;
    }

    /** Guards that may warn without anybody being asked. */
    Set<GuardName> accepted() {
        Set<GuardName> accepted = EnumSet.noneOf(GuardName.class);
        for (String word : words(Option.ACCEPT)) {
            accepted.add(GuardName.of(word)
                    .orElseThrow(() -> invocation.wrong("unknown guard '" + word + "' in --accept"
                            + Nearest.to(word, labels())
                                    .map(near -> ": did you mean '" + near + "'?")
                                    .orElse(""))));
        }
        return accepted;
    }

    private SwapRequest.Target target() {
        Optional<String> name = invocation.value(Option.MATCH);
        if (name.isPresent()) {
            if (!invocation.operands().isEmpty()) {
                throw invocation.wrong("--match names the attachments, so no REF goes with it");
            }
            return new SwapRequest.Target.OfProgramName(name.get());
        }
        if (invocation.operands().isEmpty()) {
            throw invocation.wrong("needs a REF such as eth0/xdp, or --match NAME");
        }
        Set<Ref> refs = new LinkedHashSet<>();
        for (String operand : invocation.operands()) {
            if (!refs.add(Ref.parse(operand))) {
                throw invocation.wrong("'" + operand + "' is given twice");
            }
        }
        return new SwapRequest.Target.Named(List.copyOf(refs));
    }

    private ConfirmWindow window() {
        Optional<String> within = invocation.value(Option.CONFIRM_WITHIN);
        if (within.isPresent() && invocation.has(Option.NO_CONFIRM)) {
            throw invocation.wrong("--confirm-within does not go with --no-confirm");
        } else if (within.isPresent()) {
            return new ConfirmWindow.Within(Durations.parse(
                    invocation, Option.CONFIRM_WITHIN, within.get(), ConfirmWindow.SHORTEST, ConfirmWindow.LONGEST));
        }
        return invocation.has(Option.NO_CONFIRM) ? new ConfirmWindow.None() : new ConfirmWindow.Default();
    }

    private Set<String> reuse() {
        return new LinkedHashSet<>(words(Option.REUSE));
    }

    private List<String> words(Option option) {
        List<String> words = new ArrayList<>();
        for (String word : invocation.value(option).orElse("").split(",", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            } else if (invocation.has(option)) {
                throw invocation.wrong(option.word() + " has an empty name in it");
            }
        }
        return words;
    }

    private SwapRequest.TestRun testRun() {
        Optional<Path> packets = invocation.value(Option.PACKETS).map(Path::of);
        Optional<String> which = invocation.value(Option.TEST_RUN);
        if (which.isEmpty()) {
            if (packets.isPresent()) {
                throw invocation.wrong("--packets goes with --test-run");
            }
            return new SwapRequest.TestRun.NotAsked();
        }
        return new SwapRequest.TestRun.Asked(
                which.get().equals("both") ? SwapRequest.TestRun.Programs.BOTH : SwapRequest.TestRun.Programs.CANDIDATE,
                packets);
    }

    private Guardians.Probe probe(String command) {
        return ProbeFile.of(command)
                .orElseThrow(() -> invocation.wrong("--probe '" + command + "' " + ProbeFile.REFUSAL));
    }

    private Optional<SwapRequest.Canary> canary() {
        Optional<String> count = invocation.value(Option.CANARY);
        Optional<String> soak = invocation.value(Option.SOAK);
        if (count.isPresent() != soak.isPresent()) {
            throw invocation.wrong("--canary and --soak go together");
        } else if (count.isEmpty() || soak.isEmpty()) {
            return Optional.empty();
        } else if (!count.get().matches("[1-9][0-9]{0,5}")) {
            throw invocation.wrong("--canary '" + count.get() + "' is no number of attachments");
        }
        return Optional.of(new SwapRequest.Canary(
                Integer.parseInt(count.get()),
                Durations.parse(invocation, Option.SOAK, soak.get(), Duration.ZERO, ConfirmWindow.LONGEST)));
    }

    private static List<String> labels() {
        List<String> labels = new ArrayList<>();
        for (GuardName name : GuardName.values()) {
            labels.add(name.label());
        }
        return labels;
    }
}
