package bpfbay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles a source for BPF, once: what was made of the same text by the same command is taken again. */
public final class Clang {
    private Clang() {}

    /** The object is there afterwards; {@code command} is all of what makes it of the source. */
    public static void make(Path object, Path source, String text, String... command) {
        Path note = object.resolveSibling(object.getFileName() + ".made-by");
        String made = String.join(" ", command) + "\n" + text;
        try {
            if (Files.exists(object)
                    && Files.exists(note)
                    && Files.readString(note).equals(made)) {
                return;
            }
            Files.writeString(source, text);
            Tool.run(command);
            Files.writeString(note, made);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
