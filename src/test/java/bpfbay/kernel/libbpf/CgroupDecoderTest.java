package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Errno;
import bpfbay.model.AttachType;
import bpfbay.model.CgroupChain;
import bpfbay.model.Problem;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CgroupDecoderTest {
    private static final CgroupMount MOUNT = new CgroupMount("/sys/fs/cgroup", "");

    private final ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());

    @Test
    void a_chain_belongs_to_the_cgroup_it_names() {
        cgroup(1, 0, "");
        cgroup(77, 0, "system.slice");
        chain(77, 1, 0, 5, new int[] {12, 13}, new int[] {2, 66});
        assertEquals(
                List.of(new CgroupChain(
                        77,
                        "/system.slice",
                        AttachType.CGROUP_INET_EGRESS,
                        2,
                        Reading.of(5L),
                        List.of(new CgroupChain.Entry(12, 2), new CgroupChain.Entry(13, 66)))),
                decode().view().chains());
        assertEquals(Map.of(1L, "/", 77L, "/system.slice"), decode().view().paths());
    }

    @Test
    void revision_0_says_which_kernel_would_have_one() {
        cgroup(1, 0, "");
        chain(1, 1, 0, 0, new int[] {12}, new int[] {2});
        chain(1, 43, 0, 0, new int[] {12}, new int[] {2});
        assertEquals(
                List.of("needs Linux 6.17", "lsm_cgroup has none"),
                decode().view().chains().stream()
                        .map(chain -> chain.revision().reason())
                        .toList());
    }

    @Test
    void a_cgroup_that_is_gone_is_no_problem_and_one_that_is_closed_to_us_is() {
        cgroup(1, 0, "");
        cgroup(5, Errno.ENOENT, "gone");
        cgroup(6, Errno.EACCES, "closed");
        assertEquals(Map.of(1L, "/", 6L, "/closed"), decode().view().paths());
        assertEquals(
                List.of(new Problem(
                        "openat", "cgroup:/closed", Errno.EACCES, "programs of this cgroup and below are not shown")),
                decode().view().problems());
    }

    @Test
    void a_cgroup_removed_while_it_is_asked_is_left_out() {
        cgroup(1, 0, "");
        cgroup(5, 0, "dying");
        chain(5, 1, Errno.ENODEV, 0, new int[0], new int[0]);
        assertEquals(Map.of(1L, "/"), decode().view().paths());
    }

    @Test
    void attach_types_that_this_kernel_does_not_have_are_remembered_and_are_no_problem() {
        cgroup(1, 0, "");
        chain(1, 49, Errno.EINVAL, 0, new int[0], new int[0]);
        assertEquals(Set.of(49), decode().unknownTypes());
        assertEquals(List.of(), decode().view().problems());
    }

    @Test
    void a_missing_capability_is_said_once() {
        cgroup(1, 0, "");
        cgroup(2, 0, "a");
        chain(1, 1, Errno.EPERM, 0, new int[0], new int[0]);
        chain(2, 1, Errno.EPERM, 0, new int[0], new int[0]);
        assertEquals(
                List.of(new Problem("BPF_PROG_QUERY", "cgroup:/", Errno.EPERM, "needs CAP_NET_ADMIN")),
                decode().view().problems());
    }

    @Test
    void every_attach_type_of_a_cgroup_has_a_word_that_says_so() {
        CgroupTypes.all()
                .filter(type -> type != AttachType.LSM_CGROUP.value())
                .forEach(type ->
                        assertEquals("cgroup_", new AttachType(type).label().substring(0, 7)));
        assertEquals(
                AttachType.words().stream()
                        .filter(word -> word.contains("cgroup"))
                        .count(),
                CgroupTypes.all().count());
    }

    private CgroupDecoder.Decoded decode() {
        return CgroupDecoder.decode(
                ByteBuffer.wrap(out.array(), 0, out.position()).slice().order(ByteOrder.nativeOrder()),
                MOUNT,
                List.of());
    }

    private void cgroup(long id, int errno, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        int size = CgroupDecoder.CGROUP_BYTES + (bytes.length + 1 + 7) / 8 * 8;
        int end = out.position() + size;
        out.putInt(size)
                .putInt(1)
                .putLong(id)
                .putInt(-errno)
                .putInt(bytes.length)
                .put(bytes)
                .position(end);
    }

    private void chain(long cgroup, int type, int errno, long revision, int[] ids, int[] flags) {
        out.putInt(CgroupDecoder.CHAIN_BYTES + 8 * ids.length)
                .putInt(2)
                .putLong(cgroup)
                .putLong(revision);
        out.putInt(type).putInt(2).putInt(-errno).putInt(ids.length);
        for (int id : ids) {
            out.putInt(id);
        }
        for (int flag : flags) {
            out.putInt(flag);
        }
    }
}
