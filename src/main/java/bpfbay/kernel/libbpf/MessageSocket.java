package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A socket that keeps messages apart (SOCK_SEQPACKET), each a text with descriptors. For one thread at a time. */
final class MessageSocket implements AutoCloseable {
    private static final int LARGEST = 256 << 10;

    private final Fd fd;
    private final String name;
    private final Memory buffer = new Memory(LARGEST);

    private MessageSocket(Fd fd, String name) {
        this.fd = fd;
        this.name = name;
    }

    /** Both ends of one conversation. */
    record Pair(MessageSocket ours, Fd theirs) {}

    /**
     * What the other side said.
     *
     * @param descriptors the receiver's to close
     */
    record Message(String text, List<Fd> descriptors) {
        Message {
            descriptors = List.copyOf(descriptors);
        }

        /** The only descriptor, which belongs to the caller from now on; empty where there is none or are several. */
        Optional<Fd> takeDescriptor() {
            if (descriptors.size() == 1) {
                return Optional.of(descriptors.get(0));
            }
            closeDescriptors();
            return Optional.empty();
        }

        void closeDescriptors() {
            descriptors.forEach(Fd::close);
        }
    }

    /** @param name of the other side, for messages about it */
    static Pair pair(String name) {
        int[] ends = new int[2];
        int err = SpawnShim.shim_socketpair(ends);
        if (err < 0) {
            throw new KernelException(new Problem("socketpair", name, -err, ""));
        }
        return new Pair(new MessageSocket(new OpenFd(ends[0]), name), new OpenFd(ends[1]));
    }

    /** Gone where nobody listens there. */
    static MessageSocket connect(Path path) {
        int fd = SpawnShim.shim_connect(LibbpfLoader.cString(path.toString()));
        if (fd >= 0) {
            return new MessageSocket(new OpenFd(fd), path.toString());
        }
        throw switch (-fd) {
            case Errno.ENOENT, Errno.ECONNREFUSED ->
                new KernelException.Gone(new Problem("connect", path.toString(), -fd, "nobody listens there"));
            case Errno.EACCES, Errno.EPERM ->
                new KernelException.Denied(new Problem("connect", path.toString(), -fd, "it belongs to another user"));
            case Errno.ETIMEDOUT ->
                new KernelException(new Problem("connect", path.toString(), -fd, "it does not answer"));
            default -> new KernelException(new Problem("connect", path.toString(), -fd, ""));
        };
    }

    void send(String text, Duration timeout) {
        send(text, List.of(), timeout);
    }

    /** The descriptors stay the caller's. Gone where the other side has ended; ETIMEDOUT where it does not read. */
    void send(String text, List<Fd> descriptors, Duration timeout) {
        byte[] bytes = RawText.encode(text);
        int err = SpawnShim.shim_send(
                fd.number(), bytes, bytes.length, numbers(descriptors), descriptors.size(), milliseconds(timeout));
        if (err < 0) {
            throw failed("sendmsg", -err);
        }
    }

    /** Empty when the other side has ended. Fails with ETIMEDOUT. */
    Optional<Message> receive(Duration timeout) {
        int[] fds = new int[SpawnShim.MESSAGE_FDS];
        int[] count = new int[1];
        long length = SpawnShim.shim_receive(
                fd.number(), Pointer.nativeValue(buffer), LARGEST, fds, count, milliseconds(timeout));
        if (length < 0) {
            throw failed("recvmsg", (int) -length);
        }
        List<Fd> descriptors = new ArrayList<>();
        for (int i = 0; i < count[0]; i++) {
            descriptors.add(new OpenFd(fds[i]));
        }
        return length == 0 && descriptors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Message(RawText.decode(buffer.getByteArray(0, (int) length)), descriptors));
    }

    private KernelException failed(String operation, int errno) {
        return switch (errno) {
            case Errno.EPIPE, Errno.ECONNRESET ->
                new KernelException.Gone(new Problem(operation, name, errno, "it has ended"));
            case Errno.ETIMEDOUT -> new KernelException(new Problem(operation, name, errno, "it does not answer"));
            default -> new KernelException(new Problem(operation, name, errno, ""));
        };
    }

    static int[] numbers(List<Fd> descriptors) {
        return descriptors.stream().mapToInt(Fd::number).toArray();
    }

    private static int milliseconds(Duration timeout) {
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    @Override
    public void close() {
        fd.close();
        buffer.close();
    }
}
