package bpfbay.kernel.libbpf;

import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A thread that goes into one network namespace when it begins and never comes back. */
final class NamespaceThread implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(body -> {
        Thread made = new Thread(body, "namespace");
        made.setDaemon(true);
        return made;
    });

    NamespaceThread(Path namespace) {
        try {
            call(() -> enter(namespace));
        } catch (KernelException failed) {
            close();
            throw failed;
        }
    }

    private static Boolean enter(Path namespace) {
        int fd = LibcFiles.open(LibbpfLoader.cString(namespace.toString()), LibcFiles.O_RDONLY | LibcFiles.O_CLOEXEC);
        if (fd < 0) {
            throw new KernelException.Gone(
                    new Problem("open", namespace.toString(), Native.getLastError(), "there is no such namespace"));
        }
        try (OpenFd open = new OpenFd(fd)) {
            if (LibcFiles.setns(open.number(), CLONE_NEWNET) != 0) {
                throw new KernelException.Denied(
                        new Problem("setns", namespace.toString(), Native.getLastError(), "needs CAP_SYS_ADMIN"));
            }
        }
        return true;
    }

    <T> T call(Supplier<T> body) {
        boolean interrupted = false;
        try {
            var result = thread.submit(body::get);
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException again) {
                    /* half a request cannot be left behind */
                    interrupted = true;
                } catch (ExecutionException failed) {
                    if (failed.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The namespace is let go of when this returns. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            thread.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
