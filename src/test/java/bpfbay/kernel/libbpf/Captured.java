package bpfbay.kernel.libbpf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Bytes that a kernel once wrote, whole dumps with all attributes: {@code src/test/resources/netlink}, named for it; x86-64. */
final class Captured {
    private Captured() {}

    static byte[] bytes(String name) {
        try (InputStream in = Captured.class.getResourceAsStream("/netlink/" + name + ".bin")) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static NetlinkMessages messages(String name) {
        return NetlinkBuilder.messages(bytes(name));
    }
}
