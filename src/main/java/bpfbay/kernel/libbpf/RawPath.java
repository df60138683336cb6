package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.util.Arrays;

/** Paths for C: the exact bytes, which no charset of the JVM may touch, and a NUL. */
final class RawPath {
    private RawPath() {}

    static byte[] encode(String path) {
        byte[] bytes = RawText.encode(path);
        return Arrays.copyOf(bytes, bytes.length + 1);
    }

    static String join(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }
}
