package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A socket of rtnetlink for requests that are acknowledged; it stays in the namespace where it was opened. */
final class NetlinkSocket implements AutoCloseable {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int SOL_NETLINK = 270;
    private static final int NETLINK_CAP_ACK = 10;
    private static final int NETLINK_EXT_ACK = 11;
    private static final int NLMSG_ERROR = 2;
    private static final int NLM_F_ACK_TLVS = 0x200;
    private static final int NLMSGERR_ATTR_MSG = 1;
    /* message header, error, header of the request */
    private static final int ACK_BYTES = 16 + 4 + 16;
    private static final int BUFFER_BYTES = 8192;

    private final OpenFd fd;
    private final Memory buffer = new Memory(BUFFER_BYTES);

    NetlinkSocket() {
        int number = LibcSockets.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, 0);
        if (number < 0) {
            throw new KernelException(new Problem("socket", "NETLINK_ROUTE", Native.getLastError(), ""));
        }
        fd = new OpenFd(number);
        buffer.setInt(0, 1);
        /* older kernels say less, which is no failure */
        LibcSockets.setsockopt(number, SOL_NETLINK, NETLINK_CAP_ACK, Pointer.nativeValue(buffer), 4);
        LibcSockets.setsockopt(number, SOL_NETLINK, NETLINK_EXT_ACK, Pointer.nativeValue(buffer), 4);
    }

    /**
     * What the kernel answers.
     *
     * @param errno 0 for yes
     * @param text the reason in the kernel's words; only it tells apart what shares an errno
     */
    record Answer(int errno, String text) {}

    Answer ask(NetlinkRequest request) {
        byte[] bytes = request.toBytes();
        buffer.write(0, bytes, 0, bytes.length);
        if (LibcSockets.send(fd.number(), Pointer.nativeValue(buffer), bytes.length, 0) < 0) {
            return new Answer(Native.getLastError(), "");
        }
        while (true) {
            long length = LibcSockets.recv(fd.number(), Pointer.nativeValue(buffer), BUFFER_BYTES, 0);
            if (length < 0) {
                int errno = Native.getLastError();
                if (errno != Errno.EINTR) {
                    return new Answer(errno, "");
                }
            } else {
                ByteBuffer view = buffer.getByteBuffer(0, length).order(ByteOrder.nativeOrder());
                if (length >= ACK_BYTES && view.getShort(4) == NLMSG_ERROR) {
                    return decode(view);
                }
            }
        }
    }

    /** An acknowledgement: {@code struct nlmsghdr}, the negative errno, the request's header, attributes. */
    static Answer decode(ByteBuffer ack) {
        int errno = -ack.getInt(16);
        if ((ack.getShort(6) & NLM_F_ACK_TLVS) == 0) {
            return new Answer(errno, "");
        }
        int at = ACK_BYTES;
        while (at + 4 <= ack.limit()) {
            int length = ack.getShort(at) & 0xffff;
            if (length < 4 || at + length > ack.limit()) {
                break;
            }
            if (ack.getShort(at + 2) == NLMSGERR_ATTR_MSG) {
                byte[] text = new byte[length - 4];
                ack.get(at + 4, text);
                return new Answer(errno, RawText.decodeCString(text));
            }
            at += (length + 3) & ~3;
        }
        return new Answer(errno, "");
    }

    @Override
    public void close() {
        fd.close();
        buffer.close();
    }
}
