package bpfbay.life;

import bpfbay.testing.Clang;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Object files from {@code src/test/resources/life}, and what an agent makes of them for one pod. */
final class PodObjects {
    private static final int ADDRESS = 0x0e9d0000;
    private static final int RULES = 0x5eed0000;

    private PodObjects() {}

    static Path built(String name) {
        Path object = folder().resolve(name + ".bpf.o");
        Path source = folder().resolve(name + ".bpf.c");
        List<String> command =
                new ArrayList<>(List.of("clang", "-O2", "-g", "-target", "bpf", "-mcpu=v3", "-Wall", "-Werror"));
        for (String machine : List.of("x86_64", "aarch64")) {
            command.add("-I/usr/include/" + machine + "-linux-gnu");
        }
        command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
        Clang.make(object, source, text(name), command.toArray(String[]::new));
        return object;
    }

    /** With the constants of that pod, and the code of those rules. */
    static Path of(String name, int pod, int rules) {
        Path object = folder().resolve(name + "-" + pod + "-" + rules + ".bpf.o");
        try {
            byte[] bytes = Files.readAllBytes(built(name));
            write(bytes, number(ADDRESS), number(ADDRESS + pod));
            write(bytes, number(RULES), number(RULES + rules));
            for (String map : List.of("life_pol_", "life_calls_")) {
                write(bytes, latin(map + "0000"), latin(map + four(pod)));
            }
            Files.write(object, bytes);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return object;
    }

    static String four(int pod) {
        return Integer.toString(10_000 + pod).substring(1);
    }

    private static void write(byte[] bytes, byte[] wanted, byte[] instead) {
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (ByteBuffer.wrap(bytes, at, wanted.length).equals(ByteBuffer.wrap(wanted))) {
                System.arraycopy(instead, 0, bytes, at, instead.length);
            }
        }
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Path folder() {
        try {
            return Files.createDirectories(Path.of("target", "life")).toAbsolutePath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String text(String name) {
        try (InputStream in = PodObjects.class.getResourceAsStream("/life/" + name + ".bpf.c")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
