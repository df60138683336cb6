package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Errno;
import bpfbay.model.AttachType;
import bpfbay.model.DeviceChain;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetnsHookState;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChainSourceTest {
    private static final NetNamespace BLUE =
            new NetNamespace(7, OptionalLong.empty(), List.of("blue"), "/run/netns/blue", NetNamespace.Scope.OTHER);

    private final ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.nativeOrder());

    @Test
    void ids_are_found_behind_the_questions() {
        query(4, 46, 0, 2, 9, 0);
        query(4, 47, 0, 0, 1, 4);
        query(0, 17, 0, 1, 0, 4);
        ids(30, 31, 0, 88, 12, 0);
        ChainSource.Found found = decode(3);
        assertEquals(
                List.of(new DeviceChain(
                        4,
                        AttachType.TCX_INGRESS,
                        9,
                        List.of(
                                new DeviceChain.Entry(30, OptionalInt.empty()),
                                new DeviceChain.Entry(31, OptionalInt.of(88))))),
                found.chains());
        assertEquals(List.of(new NetnsHookState(AttachType.FLOW_DISSECTOR, List.of(12))), found.hooks());
    }

    @Test
    void a_device_that_is_gone_and_a_kernel_without_tcx_are_no_problem() {
        query(4, 46, Errno.ENODEV, 0, 0, 0);
        query(5, 46, Errno.EINVAL, 0, 0, 0);
        assertEquals(List.of(), decode(2).problems());
    }

    @Test
    void a_missing_capability_is_said_once() {
        query(4, 46, Errno.EPERM, 0, 0, 0);
        query(5, 46, Errno.EPERM, 0, 0, 0);
        assertEquals(
                List.of(new Problem("BPF_PROG_QUERY", "netns:blue", Errno.EPERM, "needs CAP_NET_ADMIN")),
                decode(2).problems());
    }

    @Test
    void a_netkit_that_must_not_be_asked_is_said() {
        query(4, 54, Errno.EACCES, 0, 0, 0);
        assertEquals(
                List.of(new Problem(
                        "BPF_PROG_QUERY",
                        "netns:blue ifindex 4 netkit_primary",
                        Errno.EACCES,
                        "the programs of this hook are not shown")),
                decode(1).problems());
    }

    private ChainSource.Found decode(int questions) {
        return ChainSource.decode(HostBytes.copyOf(ByteBuffer.wrap(out.array(), 0, out.position())), questions, BLUE);
    }

    private void query(int ifindex, int type, int errno, int count, long revision, int first) {
        out.putInt(ifindex)
                .putInt(type)
                .putInt(-errno)
                .putInt(count)
                .putLong(revision)
                .putInt(first)
                .putInt(0);
    }

    private void ids(int... ids) {
        for (int id : ids) {
            out.putInt(id);
        }
    }
}
