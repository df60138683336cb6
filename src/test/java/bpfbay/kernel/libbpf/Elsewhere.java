package bpfbay.kernel.libbpf;

import bpfbay.kernel.SwapPlace;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another network namespace, kept by a process that waits in it. */
public final class Elsewhere implements AutoCloseable {
    private final Process process;

    public Elsewhere() {
        try {
            process = new ProcessBuilder("unshare", "-n", "sh", "-c", "ip link set lo up; echo; read wait").start();
            /* it answers once it is there */
            process.getInputStream().read();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    public long pid() {
        return process.pid();
    }

    SwapPlace.Namespace namespace() {
        String path = "/proc/" + pid() + "/ns/net";
        try {
            return new SwapPlace.Namespace(path, (Long) Files.getAttribute(Path.of(path), "unix:ino"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** A command inside. */
    String run(String command) {
        return Tool.run("nsenter", "--net=/proc/" + pid() + "/ns/net", "sh", "-c", command);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.getInputStream().close();
            process.getErrorStream().close();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        } finally {
            process.onExit().join();
        }
    }
}
