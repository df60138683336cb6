package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.model.AttachType;
import bpfbay.model.DeviceChain;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetnsHookState;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The hooks of a namespace that BPF_PROG_QUERY tells: tcx and netkit of each device, and its own. */
final class ChainSource {
    /** {@code struct shim_query}. */
    static final int QUERY_BYTES = 32;

    /* each a struct shim_query of which only the beginning is ever written */
    private byte[] asked = new byte[64 * QUERY_BYTES];
    /* the questions, and behind them the ids that answer them */
    private final NativeBuffer buffer = new NativeBuffer(1 << 18);
    private int questions;
    private boolean isTcxKnown = true;

    /** What is kept of one namespace between two looks. */
    static final class Memory {
        private final Kept<Found> found = new Kept<>(Found.NONE);
    }

    /** Chains and hooks that hold a program. */
    record Found(List<DeviceChain> chains, List<NetnsHookState> hooks, List<Problem> problems) {
        static final Found NONE = new Found(List.of(), List.of(), List.of());
    }

    void clear() {
        questions = 0;
    }

    /** Asks about tcx, unless this kernel is older than 6.6. */
    void askTcx(int ifindex) {
        if (isTcxKnown) {
            ask(ifindex, AttachType.TCX_INGRESS);
            ask(ifindex, AttachType.TCX_EGRESS);
        }
    }

    void askNetkit(int ifindex) {
        ask(ifindex, AttachType.NETKIT_PRIMARY);
        ask(ifindex, AttachType.NETKIT_PEER);
    }

    /** Asks about a hook of the namespace itself. */
    void askNamespace(AttachType attachType) {
        ask(0, attachType);
    }

    Found answers(NetNamespace namespace, Memory memory) {
        if (questions == 0) {
            return Found.NONE;
        }
        int used = query(namespace);
        Found found = memory.found.of(
                buffer.slice(used), () -> decode(HostBytes.copyOf(buffer.slice(used)), questions, namespace));
        isTcxKnown = isTcxKnown && !refusesTcx(buffer.view(), questions);
        return found;
    }

    private void ask(int ifindex, AttachType attachType) {
        int at = questions * QUERY_BYTES;
        if (asked.length - at < QUERY_BYTES) {
            asked = Arrays.copyOf(asked, 2 * asked.length);
        }
        HostBytes.put32(asked, at, ifindex);
        HostBytes.put32(asked, at + 4, attachType.value());
        questions++;
    }

    /* returns the bytes of questions and ids */
    private int query(NetNamespace namespace) {
        byte[] path = RawPath.encode(namespace.path());
        int ids = questions * QUERY_BYTES;
        buffer.reserve(2 * ids);
        buffer.view().put(0, asked, 0, ids);
        while (true) {
            long answered = NetlinkShim.shim_prog_query(
                    path,
                    namespace.inode(),
                    buffer.address(),
                    questions,
                    buffer.address() + ids,
                    (buffer.capacity() - ids) / Integer.BYTES);
            if (answered >= 0) {
                return ids + (int) answered * Integer.BYTES;
            } else if (answered != -Errno.ENOSPC) {
                throw NetlinkSource.cannotEnter(namespace, (int) -answered);
            }
            buffer.grow(ids);
        }
    }

    /** Pure: {@code struct shim_query}, each, and the ids behind them. */
    static Found decode(HostBytes bytes, int questions, NetNamespace namespace) {
        List<DeviceChain> chains = new ArrayList<>();
        List<NetnsHookState> hooks = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        int ids = questions * QUERY_BYTES;
        for (int at = 0; at < ids; at += QUERY_BYTES) {
            int ifindex = bytes.int32(at);
            int errno = -bytes.int32(at + 8);
            int count = bytes.int32(at + 12);
            if (errno == 0 && count == 0) {
                continue;
            }
            AttachType attachType = new AttachType(bytes.int32(at + 4));
            int first = ids + bytes.int32(at + 24) * Integer.BYTES;
            if (errno != 0) {
                addProblem(problems, errno, ifindex, attachType, namespace);
            } else if (ifindex == 0) {
                hooks.add(new NetnsHookState(attachType, progIds(bytes, first, count)));
            } else {
                chains.add(new DeviceChain(ifindex, attachType, bytes.int64(at + 16), entries(bytes, first, count)));
            }
        }
        return new Found(List.copyOf(chains), List.copyOf(hooks), List.copyOf(problems));
    }

    private static List<Integer> progIds(HostBytes bytes, int first, int count) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(bytes.int32(first + i * Integer.BYTES));
        }
        return ids;
    }

    private static List<DeviceChain.Entry> entries(HostBytes bytes, int first, int count) {
        List<DeviceChain.Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int linkId = bytes.int32(first + (count + i) * Integer.BYTES);
            entries.add(new DeviceChain.Entry(
                    bytes.int32(first + i * Integer.BYTES),
                    linkId == 0 ? OptionalInt.empty() : OptionalInt.of(linkId)));
        }
        return entries;
    }

    /* ENODEV: gone meanwhile. EINVAL: an attach type that this kernel does not have. */
    private static void addProblem(
            List<Problem> problems, int errno, int ifindex, AttachType attachType, NetNamespace namespace) {
        String object = NetlinkSource.objectOf(namespace);
        if (errno == Errno.EPERM) {
            NetworkProblems.once(problems, new Problem("BPF_PROG_QUERY", object, errno, "needs CAP_NET_ADMIN"));
        } else if (errno != Errno.ENODEV && errno != Errno.EINVAL) {
            String device = ifindex == 0 ? "" : " ifindex " + Integer.toUnsignedString(ifindex);
            problems.add(new Problem(
                    "BPF_PROG_QUERY",
                    object + device + " " + attachType.label(),
                    errno,
                    "the programs of this hook are not shown"));
        }
    }

    private static boolean refusesTcx(ByteBuffer bytes, int questions) {
        for (int at = 0; at < questions * QUERY_BYTES; at += QUERY_BYTES) {
            if (bytes.getInt(at + 4) == AttachType.TCX_INGRESS.value() && bytes.getInt(at + 8) == -Errno.EINVAL) {
                return true;
            }
        }
        return false;
    }
}
