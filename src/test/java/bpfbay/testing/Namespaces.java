package bpfbay.testing;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;

/** unshare(2) and mount(2) for one thread, by JNA: threads and processes it starts are in the namespaces as well. */
final class Namespaces {
    private static final int CLONE_NEWNS = 0x00020000;
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long MS_REC = 0x4000;
    private static final long MS_PRIVATE = 0x40000;

    static {
        Native.register(Namespaces.class, NativeLibrary.getProcess());
    }

    private Namespaces() {}

    private static native int unshare(int flags);

    private static native int mount(String source, String target, String type, long flags, String data);

    /** Sends the one thread of {@code thread} into namespaces of its own, loopback up, bpffs mounted. */
    static void enterFresh(ExecutorService thread) throws InterruptedException {
        try {
            thread.submit(Namespaces::enter, "entered").get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    private static void enter() {
        require("unshare", unshare(CLONE_NEWNET | CLONE_NEWNS));
        require("mount --make-rprivate /", mount("none", "/", "none", MS_REC | MS_PRIVATE, ""));
        require("mount bpffs", mount("bpf", "/sys/fs/bpf", "bpf", 0, ""));
        Tool.run("ip", "link", "set", "lo", "up");
    }

    private static void require(String what, int returned) {
        int errno = Native.getLastError();
        if (returned != 0) {
            throw new IllegalStateException(what + ": errno " + errno);
        }
    }
}
