package bpfbay.cli;

import bpfbay.export.Capture;
import bpfbay.export.CaptureReader;
import bpfbay.export.Escaper;
import bpfbay.export.NotReadableException;
import bpfbay.history.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Captures that the command line names, and moments in them. */
record CaptureInput(Invocation invocation, Surroundings surroundings) {
    private static final String CLEAR = "\r\u001b[K";
    private static final long WORTH_SAYING = 8L << 20;

    /** Opens the file; what could not be read of it is said on standard error. */
    Capture open(String name) {
        try {
            Path path = Path.of(name);
            long size = Files.isRegularFile(path) ? Files.size(path) : 0;
            try (InputStream in = Files.newInputStream(path)) {
                Capture capture = CaptureReader.open(in, progress(size));
                capture.notes().forEach(note -> say("bpfbay: " + Escaper.escape(name + ": " + note) + "\n"));
                return capture;
            }
        } catch (NotReadableException e) {
            throw new NotReadableException(name + ": " + e.getMessage());
        } catch (InvalidPathException e) {
            throw invocation.wrong(name + " is no path");
        } catch (NoSuchFileException e) {
            throw invocation.wrong(name + ": there is no such file");
        } catch (FileSystemException e) {
            throw invocation.wrong(
                    name + ": " + Optional.ofNullable(e.getReason()).orElse("you may not read it"));
        } catch (IOException e) {
            throw new NotReadableException(name + ": " + e.getMessage());
        }
    }

    private LongConsumer progress(long size) {
        if (size < WORTH_SAYING || !surroundings.prompt().isThere()) {
            return read -> {};
        }
        return read -> say(CLEAR + (read >= size ? "" : "reading " + 100 * read / size + " %"));
    }

    private void say(String text) {
        Output.print(surroundings.err(), text);
    }

    /** A moment by its number from 1, its time, or its time of the day on which the recording begins. */
    int moment(Recording recording, String word) {
        if (word.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(word);
            if (number < 1 || number > recording.size()) {
                throw invocation.wrong("'" + word + "' is no moment: there are 1 to " + recording.size());
            }
            return number - 1;
        }
        return recording.indexAt(time(recording, word));
    }

    private Instant time(Recording recording, String word) {
        try {
            if (word.contains("T")) {
                return Instant.parse(word.endsWith("Z") ? word : word + "Z");
            }
            LocalTime time = LocalTime.parse(word.endsWith("Z") ? word.substring(0, word.length() - 1) : word);
            return recording.at(0).atZone(ZoneOffset.UTC).with(time).toInstant();
        } catch (DateTimeException e) {
            throw invocation.wrong("'" + word + "' is no moment: write 17, 22:51:07Z or 2026-01-31T22:51:07Z");
        }
    }
}
