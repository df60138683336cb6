package bpfbay.cli;

import bpfbay.collect.Collector;
import bpfbay.collect.Poller;
import bpfbay.collect.StatsMode;
import bpfbay.export.CaptureWriter;
import bpfbay.export.Redaction;
import bpfbay.history.Occurrence.Author;
import bpfbay.kernel.Kernel;
import bpfbay.model.NetNamespace;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** {@code bpfbay record}. */
record RecordCommand(Invocation invocation, Surroundings surroundings) {
    private static final String STANDARD_OUTPUT = "-";
    private static final Duration LONGEST = Duration.ofDays(7);

    /** The file, once there is one: it is opened on the polling thread. */
    private static final class Opened {
        private Optional<CaptureFile> file = Optional.empty();

        synchronized void is(CaptureFile opened) {
            file = Optional.of(opened);
        }

        synchronized Optional<CaptureFile> get() {
            return file;
        }
    }

    ExitCode run() {
        String name = invocation.operand().orElseThrow();
        Duration interval = Durations.interval(invocation);
        Optional<Duration> time = invocation
                .value(Option.FOR)
                .map(text -> Durations.parse(invocation, Option.FOR, text, Duration.ofMillis(100), LONGEST));
        refuseToOverwrite(name);
        StatsMode stats = invocation.has(Option.PASSIVE) ? StatsMode.OFF : StatsMode.SAMPLE;
        Opened file = new Opened();
        Redaction redaction = new Redaction();
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            RecordProgress progress = new RecordProgress(name, surroundings);
            Recorder recorder = new Recorder(
                    () -> open(name, file),
                    content(),
                    view(kernel, redaction),
                    authors -> names(authors, redaction),
                    new OwnSwaps(invocation),
                    progress::picture);
            progress.of(recorder, file::get);
            ToldToEnd signalled = ToldToEnd.by(recorder::close);
            try (signalled;
                    Poller poller = new Poller(
                            kernel,
                            new Collector(kernel, surroundings.clock(), stats),
                            stats,
                            interval,
                            recorder::take)) {
                poller.start();
                recorder.await(time);
            }
            recorder.close();
            return report(recorder, progress, name, file.get());
        }
    }

    private ExitCode report(Recorder recorder, RecordProgress progress, String name, Optional<CaptureFile> file) {
        return switch (recorder.end()) {
            case DONE -> {
                progress.end();
                yield recorder.moments() > 0 ? ExitCode.DONE : ExitCode.FAILED;
            }
            case DENIED -> {
                Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
                yield ExitCode.NOT_POSSIBLE;
            }
            case FAILED -> {
                file.ifPresent(RecordCommand::cut);
                progress.failed(recorder.failure().orElse("failed"), name);
                yield ExitCode.FAILED;
            }
        };
    }

    private static void cut(CaptureFile file) {
        try (file) {
            file.cut();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CaptureWriter.Content content() {
        return invocation.has(Option.REDACT) ? CaptureWriter.Content.REDACTED : CaptureWriter.Content.EXACT;
    }

    /** Who holds something has its other name already, in the picture. */
    private Map<Integer, Author> names(Map<Integer, Author> authors, Redaction redaction) {
        if (!invocation.has(Option.REDACT)) {
            return authors;
        }
        Map<Integer, Author> told = new HashMap<>(authors);
        told.values().removeIf(author -> author.how() == Author.Source.HOLDER);
        Map<Integer, Author> named = new HashMap<>(authors);
        named.putAll(redaction.of(told));
        return named;
    }

    private UnaryOperator<Snapshot> view(Kernel kernel, Redaction redaction) {
        UnaryOperator<Snapshot> names = invocation.has(Option.REDACT) ? redaction::of : all -> all;
        String word = invocation.value(Option.NETNS).orElse("all");
        if (word.equals("all")) {
            return names;
        }
        List<NetNamespace> there = kernel.namespaces().items();
        NetNamespace chosen = Refs.namespace(word, there)
                .orElseThrow(() -> ArgumentParser.unknown(
                        "record: unknown network namespace", word, SnapshotCommand.words(there)));
        return all -> names.apply(OneNamespace.of(all, chosen));
    }

    private OutputStream open(String name, Opened opened) {
        if (name.equals(STANDARD_OUTPUT)) {
            return surroundings.out();
        }
        try {
            CaptureFile file = CaptureFile.create(Path.of(name));
            opened.is(file);
            return file;
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(new IOException("it is there already", e));
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(new IOException("there is no such folder", e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void refuseToOverwrite(String name) {
        try {
            if (!name.equals(STANDARD_OUTPUT) && Files.exists(Path.of(name), LinkOption.NOFOLLOW_LINKS)) {
                throw invocation.wrong(name + " is there already, and is not overwritten");
            }
        } catch (InvalidPathException e) {
            throw invocation.wrong(name + " is no path");
        }
    }

    /** {@code 1h02m03s}. */
    static String words(Duration time) {
        Duration whole = time.truncatedTo(ChronoUnit.SECONDS);
        String hours = whole.toHours() == 0 ? "" : whole.toHours() + "h";
        String minutes = whole.toMinutes() == 0 ? "" : whole.toMinutesPart() + "m";
        return hours + minutes + whole.toSecondsPart() + "s";
    }
}
