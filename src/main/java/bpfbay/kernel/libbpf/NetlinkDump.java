package bpfbay.kernel.libbpf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel answered to a row of dump requests: {@code struct shim_reply} and its messages, each. */
final class NetlinkDump {
    static final int REPLY_BYTES = 16;

    private final ByteBuffer bytes;
    private final List<Reply> replies;
    private @Nullable HostBytes copy;

    /** The answer to one request; from and to bound its messages. The errno is positive, or 0. */
    record Reply(int errno, boolean isInterrupted, int from, int to) {}

    private NetlinkDump(ByteBuffer bytes, List<Reply> replies) {
        this.bytes = bytes;
        this.replies = replies;
    }

    /** @param bytes in the host's byte order */
    static NetlinkDump of(ByteBuffer bytes) {
        List<Reply> replies = new ArrayList<>();
        int at = 0;
        while (bytes.limit() - at >= REPLY_BYTES) {
            int size = bytes.getInt(at);
            int from = at + REPLY_BYTES;
            if (size < 0 || size > bytes.limit() - from) {
                break;
            }
            replies.add(new Reply(-bytes.getInt(at + 4), bytes.getInt(at + 8) != 0, from, from + size));
            at = from + (int) Math.min((size + 7L) & ~7L, bytes.limit() - from);
        }
        return new NetlinkDump(bytes, replies);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    List<Reply> replies() {
        return replies;
    }

    /** Of a dump that is as the last one nobody asks for messages, so that it is not copied either. */
    NetlinkMessages messages(Reply reply) {
        HostBytes all = copy == null ? HostBytes.copyOf(bytes) : copy;
        copy = all;
        return new NetlinkMessages(all, reply.from, reply.to);
    }

    ByteBuffer slice(Reply reply) {
        return bytes.slice(reply.from, reply.to - reply.from);
    }

    boolean isInterrupted() {
        for (Reply reply : replies) {
            if (reply.isInterrupted()) {
                return true;
            }
        }
        return false;
    }
}
