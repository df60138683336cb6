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
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final long SIOCSIFFLAGS = 0x8914;
    private static final int IFREQ_BYTES = 40;
    private static final int IFNAMSIZ = 16;
    private static final byte IFF_UP = 1;

    static {
        Native.register(Namespaces.class, NativeLibrary.getProcess());
    }

    private Namespaces() {}

    private static native int unshare(int flags);

    private static native int socket(int domain, int type, int protocol);

    private static native int ioctl(int fd, long request, byte[] ifreq);

    private static native int close(int fd);

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
        loopbackUp();
    }

    /* a program costs an emulated machine half a second, and every test comes by here */
    private static void loopbackUp() {
        int socket = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        byte[] request = new byte[IFREQ_BYTES];
        request[0] = 'l';
        request[1] = 'o';
        request[IFNAMSIZ] = IFF_UP;
        require("SIOCSIFFLAGS", ioctl(socket, SIOCSIFFLAGS, request));
        close(socket);
    }

    private static void require(String what, int returned) {
        int errno = Native.getLastError();
        if (returned != 0) {
            throw new IllegalStateException(what + ": errno " + errno);
        }
    }
}
