package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnostician;
import bpfbay.diagnose.Ignore;
import bpfbay.diagnose.Ignoring;
import bpfbay.diagnose.Manifest;
import bpfbay.diagnose.Scene;
import bpfbay.diagnose.Watch;
import bpfbay.export.Escaper;
import bpfbay.export.FindingsJson;
import bpfbay.export.FindingsText;
import bpfbay.export.IgnoreFile;
import bpfbay.export.ManifestReader;
import bpfbay.kernel.Kernel;
import bpfbay.model.Snapshot;
import bpfbay.swap.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code bpfbay check}. */
record CheckCommand(Invocation invocation, Surroundings surroundings, Pause pause) {
    private static final Duration WINDOW = Duration.ofSeconds(2);
    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST_HOLD_DOWN = Duration.ofHours(24);

    ExitCode run() {
        Duration window = window();
        Duration holdDown = time(Option.HOLD_DOWN, LONGEST_HOLD_DOWN).orElse(Watch.HOLD_DOWN);
        Ignoring ignoring = new Ignoring(ignored());
        Optional<Manifest> declared = declared();
        Optional<Since> since = invocation
                .value(Option.SINCE)
                .map(file -> Since.of(new CaptureInput(invocation, surroundings).open(file)));
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            Optional<Manifest> known = declared.map(manifest -> builds(manifest, kernel));
            Snapshot now = look(kernel, window);
            since.filter(earlier -> !earlier.isOf(now)).ifPresent(earlier -> otherBoot());
            Scene scene = since.map(earlier -> earlier.scene(now, holdDown, known))
                    .orElseGet(() -> new Scene(now, List.of(), Optional.empty(), holdDown, known));
            Diagnosis diagnosis = ignoring.of(new Diagnostician().judge(scene), now.takenAt());
            print(now, diagnosis);
            return exitCode(now, diagnosis);
        }
    }

    private void otherBoot() {
        Output.print(
                surroundings.err(),
                "bpfbay: " + Escaper.escape(invocation.value(Option.SINCE).orElseThrow())
                        + " is of another host or boot: it tells nothing of this one\n");
    }

    /** Twice, with the runs between counted, or once. */
    private Snapshot look(Kernel kernel, Duration window) {
        StatsMode stats = window.isZero() ? StatsMode.OFF : StatsMode.ON;
        try (Collector collector = new Collector(kernel, surroundings.clock(), stats)) {
            Snapshot first = collector.collect(Set.of());
            if (window.isZero()) {
                return first;
            }
            pause.passes(window);
            return collector.collect(Set.of());
        }
    }

    private Manifest builds(Manifest manifest, Kernel kernel) {
        return new ObjectBuilds(
                        kernel,
                        surroundings.kernels()::candidates,
                        InputFile.folder(invocation.value(Option.AGAINST).orElseThrow()),
                        Picture.loading(invocation))
                .of(manifest);
    }

    private void print(Snapshot now, Diagnosis diagnosis) {
        if (invocation.has(Option.JSON)) {
            FindingsJson.write(now, diagnosis, surroundings.out());
        } else {
            Output.print(surroundings.out(), FindingsText.of(now, diagnosis));
        }
        if (Picture.isDenied(now)) {
            Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
        }
    }

    private static ExitCode exitCode(Snapshot now, Diagnosis diagnosis) {
        if (diagnosis.isBad()) {
            return ExitCode.BAD_NEWS;
        }
        boolean isBlind =
                diagnosis.notEvaluated().stream().anyMatch(one -> one.cause() == NotEvaluated.Cause.PRIVILEGE);
        return isBlind || Picture.isDenied(now) ? ExitCode.NOT_POSSIBLE : ExitCode.DONE;
    }

    private Duration window() {
        Optional<Duration> wanted = time(Option.WINDOW, LONGEST_WINDOW);
        if (!invocation.has(Option.PASSIVE)) {
            return wanted.orElse(WINDOW);
        } else if (wanted.filter(window -> !window.isZero()).isPresent()) {
            throw invocation.wrong("--passive switches nothing on, so it does not go with --window "
                    + invocation.value(Option.WINDOW).orElseThrow());
        }
        return Duration.ZERO;
    }

    private Optional<Duration> time(Option option, Duration most) {
        return invocation
                .value(option)
                .map(text -> text.equals("0")
                        ? Duration.ZERO
                        : Durations.parse(invocation, option, text, Duration.ZERO, most));
    }

    private List<Ignore> ignored() {
        return invocation
                .value(Option.IGNORE)
                .map(file -> InputFile.parse(invocation, file, IgnoreFile::parse))
                .orElse(List.of());
    }

    private Optional<Manifest> declared() {
        return invocation.value(Option.AGAINST).map(file -> InputFile.parse(invocation, file, ManifestReader::parse));
    }
}
