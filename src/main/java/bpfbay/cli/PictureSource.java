package bpfbay.cli;

import bpfbay.export.Capture;
import bpfbay.export.Escaper;
import bpfbay.export.NotReadableException;
import bpfbay.export.SnapshotReader;
import bpfbay.kernel.Kernel;
import bpfbay.model.Snapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Pictures that the command line names: of a file, of a moment in a capture, of this host now. */
record PictureSource(Invocation invocation, Surroundings surroundings) {
    private static final int LARGEST = 32 << 20;

    Snapshot picture(String word) {
        if (word.equals("now") || word.equals("-")) {
            return live();
        }
        int at = word.lastIndexOf('@');
        boolean isMoment = at > 0 && !isThere(word);
        String name = isMoment ? word.substring(0, at) : word;
        Optional<String> moment = isMoment ? Optional.of(word.substring(at + 1)) : Optional.empty();
        Optional<byte[]> single = snapshot(name);
        return single.isPresent() ? read(name, single.get(), moment) : ofCapture(name, moment);
    }

    private Snapshot live() {
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            Snapshot snapshot = Picture.take(kernel, surroundings);
            if (Picture.isDenied(snapshot)) {
                Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
            }
            return snapshot;
        }
    }

    private Snapshot ofCapture(String name, Optional<String> moment) {
        CaptureInput input = new CaptureInput(invocation, surroundings);
        Capture capture = input.open(name);
        return capture.picture(moment.map(word -> input.moment(capture, word)).orElse(capture.size() - 1));
    }

    private Snapshot read(String name, byte[] document, Optional<String> moment) {
        if (moment.isPresent()) {
            throw invocation.wrong(name + " is one picture, without moments");
        }
        try {
            SnapshotReader.Read read = SnapshotReader.read(document);
            read.notes()
                    .forEach(note ->
                            Output.print(surroundings.err(), "bpfbay: " + Escaper.escape(name + ": " + note) + "\n"));
            return read.snapshot();
        } catch (NotReadableException e) {
            throw new NotReadableException(name + ": " + e.getMessage());
        }
    }

    /** The document where it is a snapshot; what cannot be opened is said by who opens captures. */
    private static Optional<byte[]> snapshot(String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] document = in.readNBytes(LARGEST + 1);
            return SnapshotReader.isSnapshot(document) ? Optional.of(document) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean isThere(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
