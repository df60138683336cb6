package bpfbay.cli;

import bpfbay.export.UnreadableException;
import bpfbay.model.RawText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BiFunction;

/** A file that the command line names. What is wrong with it is a usage error of one line. */
final class InputFile {
    private static final int LARGEST = 64 << 20;

    private InputFile() {}

    /** What a parser makes of the name and the text. */
    static <T> T parse(Invocation invocation, String name, BiFunction<String, String, T> parser) {
        try {
            return parser.apply(name, read(invocation, name));
        } catch (UnreadableException e) {
            throw invocation.wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Where paths in the file start from. */
    static Path folder(String name) {
        Path parent = Path.of(name).toAbsolutePath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private static String read(Invocation invocation, String name) {
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw invocation.wrong(name + ": larger than " + (LARGEST >> 20) + " MiB");
            }
            return RawText.decode(bytes);
        } catch (InvalidPathException e) {
            throw invocation.wrong(name + ": that is no path");
        } catch (FileSystemException e) {
            throw invocation.wrong(name + ": " + reason(e));
        } catch (IOException e) {
            throw invocation.wrong(name + ": " + e.getMessage());
        }
    }

    private static String reason(FileSystemException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        } else if (e instanceof java.nio.file.AccessDeniedException) {
            return "you may not read it";
        }
        return e.getReason() == null ? "it cannot be read" : e.getReason();
    }
}
