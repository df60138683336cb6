package bpfbay.kernel.libbpf;

import bpfbay.testing.Clang;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Object files that are built for the tests of candidates alone, from {@code src/test/resources/candidates}. */
final class CandidateFiles {
    private CandidateFiles() {}

    static Path folder() {
        try {
            /* A random name would leave the JDK's random devices open. */
            return Files.createDirectories(Path.of("target", "candidates"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static Path build(String name) {
        Path source = folder().resolve(name + ".bpf.c");
        String text;
        try (InputStream in = CandidateFiles.class.getResourceAsStream("/candidates/" + name + ".bpf.c")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Path object = folder().resolve(name + ".bpf.o");
        List<String> command =
                new ArrayList<>(List.of("clang", "-O2", "-g", "-target", "bpf", "-mcpu=v3", "-Wall", "-Werror"));
        for (String machine : List.of("x86_64", "aarch64")) {
            command.add("-I/usr/include/" + machine + "-linux-gnu");
        }
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        Clang.make(object, source, text, command.toArray(String[]::new));
        return object;
    }
}
