package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.model.Utc;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Says on standard error how a recording goes: one line that is written anew on a terminal, and one at the end. */
final class RecordProgress {
    private static final String CLEAR = "\r\u001b[K";

    private final String name;
    private final Surroundings surroundings;
    private final boolean isTerminal;
    private Optional<Recorder> recorder = Optional.empty();
    private Supplier<Optional<CaptureFile>> file = Optional::empty;

    RecordProgress(String name, Surroundings surroundings) {
        this.name = name;
        this.surroundings = surroundings;
        this.isTerminal = surroundings.prompt().isThere();
    }

    void of(Recorder ofRecorder, Supplier<Optional<CaptureFile>> intoFile) {
        recorder = Optional.of(ofRecorder);
        file = intoFile;
    }

    /** After each picture. */
    void picture() {
        if (isTerminal) {
            String trouble = recorder.flatMap(Recorder::trouble)
                    .map(why -> "; no picture: " + Escaper.escape(why))
                    .orElse("; Ctrl-C ends it");
            say(CLEAR + "recording " + Escaper.escape(name) + ": " + amount() + trouble);
        }
    }

    void end() {
        String trouble = recorder.flatMap(Recorder::trouble)
                .map(why -> "; the last look failed: " + Escaper.escape(why))
                .orElse("");
        boolean isSomething = recorder.orElseThrow().moments() > 0;
        String what =
                isSomething ? "recorded " + amount() : "bpfbay: nothing was recorded: no picture was taken in time";
        say((isTerminal ? CLEAR : "") + what + trouble + "\n");
    }

    void failed(String why, String where) {
        String kept = recorder.flatMap(Recorder::lastAt)
                .map(at -> "; kept: " + amount() + ", up to " + Utc.second(at))
                .orElse("");
        say((isTerminal ? CLEAR : "") + "bpfbay: cannot write " + Escaper.escape(where + ": " + why) + kept + "\n");
    }

    private String amount() {
        Recorder of = recorder.orElseThrow();
        int moments = of.moments();
        return moments + (moments == 1 ? " picture" : " pictures") + " in " + RecordCommand.words(of.length())
                + file.get().map(f -> ", " + size(f.kept())).orElse("");
    }

    private static String size(long bytes) {
        if (bytes < 10_000) {
            return bytes + " bytes";
        }
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f KB", bytes / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }

    private void say(String text) {
        try {
            Output.print(surroundings.err(), text);
        } catch (UncheckedIOException nobodyListens) {
            return;
        }
    }
}
