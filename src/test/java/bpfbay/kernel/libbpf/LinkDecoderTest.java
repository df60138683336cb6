package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.AttachTarget;
import bpfbay.model.AttachType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LinkDecoderTest {
    private static final OptionalLong NO_NETNS = OptionalLong.empty();

    @Test
    void an_xdp_link_names_its_device() {
        KernelStruct info = link(6).u32(16, 4).struct();
        assertEquals(
                new AttachTarget.Netdev(OptionalLong.of(4026532177L), 4), target(info, OptionalLong.of(4026532177L)));
        assertEquals(Optional.of(AttachType.XDP), LinkDecoder.attachType(info));
        assertEquals(71, LinkDecoder.progId(info));
    }

    @Test
    void a_tcx_link_has_its_direction_behind_the_device() {
        KernelStruct info = link(11).u32(16, 4).u32(20, 46).struct();
        assertEquals(new AttachTarget.Netdev(NO_NETNS, 4), target(info, NO_NETNS));
        assertEquals(Optional.of(AttachType.TCX_INGRESS), LinkDecoder.attachType(info));
    }

    @Test
    void a_cgroup_link_has_a_long_id_and_its_attach_type_behind() {
        KernelStruct info = link(3).u64(16, 0x1_0000_0007L).u32(24, 1).struct();
        assertEquals(new AttachTarget.Cgroup(0x1_0000_0007L), target(info, NO_NETNS));
        assertEquals(Optional.of(AttachType.CGROUP_INET_EGRESS), LinkDecoder.attachType(info));
    }

    @Test
    void a_netns_link_names_the_inode_as_an_unsigned_number() {
        KernelStruct info = link(5).u32(16, (int) 4026532177L).u32(20, 36).struct();
        assertEquals(new AttachTarget.Netns(4026532177L), target(info, NO_NETNS));
        assertEquals(Optional.of(AttachType.SK_LOOKUP), LinkDecoder.attachType(info));
    }

    @Test
    void a_netfilter_link_has_family_hook_and_signed_priority() {
        KernelStruct info = link(10).u32(16, 2).u32(20, 3).u32(24, -128).struct();
        assertEquals(new AttachTarget.Netfilter(NO_NETNS, 2, 3, -128), target(info, NO_NETNS));
    }

    @Test
    void names_come_from_the_second_call() {
        assertEquals(
                new AttachTarget.Tracepoint("sys_enter"), LinkDecoder.target(link(1).struct(), "sys_enter", NO_NETNS));
        assertEquals(
                new AttachTarget.Iterator("task_file"), LinkDecoder.target(link(4).struct(), "task_file", NO_NETNS));
    }

    @Test
    void a_perf_event_link_is_a_probe_or_an_event_by_its_inner_type() {
        assertEquals(
                new AttachTarget.KernelFunction("do_unlinkat+0x10", 1),
                LinkDecoder.target(link(7).u32(16, 3).u32(36, 16).struct(), "do_unlinkat", NO_NETNS));
        assertEquals(
                new AttachTarget.KernelFunction("0xffffffff814cc810", 1),
                LinkDecoder.target(
                        link(7).u32(16, 3).u64(40, 0xffffffff814cc810L).struct(), "", NO_NETNS));
        assertEquals(
                new AttachTarget.UserFunction("/bin/bash", 0x8000_0010L, 1),
                LinkDecoder.target(link(7).u32(16, 2).u32(36, 0x8000_0010).struct(), "/bin/bash", NO_NETNS));
        assertEquals(
                new AttachTarget.Tracepoint("sched_switch"),
                LinkDecoder.target(link(7).u32(16, 5).struct(), "sched_switch", NO_NETNS));
        assertEquals(
                new AttachTarget.PerfEvent(1, 9),
                LinkDecoder.target(link(7).u32(16, 6).u64(24, 9).u32(32, 1).struct(), "", NO_NETNS));
    }

    @Test
    void multi_probes_tell_how_many_places() {
        assertEquals(
                new AttachTarget.UserFunction("/usr/lib/libc.so.6", 0x1234, 3),
                LinkDecoder.target(link(12).u64(24, 0x1234).u32(52, 3).struct(), "/usr/lib/libc.so.6", NO_NETNS));
        assertEquals(
                new AttachTarget.KernelFunction("", 12),
                LinkDecoder.target(link(8).u32(24, 12).struct(), "", NO_NETNS));
    }

    @Test
    void a_link_type_of_a_later_kernel_keeps_its_row() {
        KernelStruct info = link(61).struct();
        assertEquals("link_type_61", LinkDecoder.type(info).label());
        assertEquals(new AttachTarget.Unknown(OptionalInt.of(61)), target(info, NO_NETNS));
        assertEquals(Optional.empty(), LinkDecoder.attachType(info));
    }

    @Test
    void an_older_kernels_shorter_struct_reads_as_zero_behind_its_end() {
        KernelStruct info = new InfoBuilder(16).u32(0, 3).u32(4, 9).u32(8, 71).struct();
        assertEquals(new AttachTarget.Cgroup(0), target(info, NO_NETNS));
        assertEquals(Optional.empty(), LinkDecoder.attachType(info));
    }

    private static InfoBuilder link(int type) {
        return new InfoBuilder(64).u32(0, type).u32(4, 9).u32(8, 71);
    }

    private static AttachTarget target(KernelStruct info, OptionalLong netns) {
        return LinkDecoder.target(info, "", netns);
    }
}
