package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.libbpf.TcQdiscs.Qdisc;
import bpfbay.model.TcFilter;
import bpfbay.model.TcFilter.Flag;
import bpfbay.model.TcParent;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TcFiltersTest {
    private static final int RTM_NEWTFILTER = 44;
    private static final TcPoint INGRESS = new TcPoint(3, TcParent.INGRESS, OptionalInt.empty());
    private static final TcPoint ROOT = new TcPoint(5, new TcParent(0x10000), OptionalInt.empty());

    @Test
    void a_newer_handle_runs_before_an_older_one_and_a_chain_behind_chain_0() {
        List<TcFilter> filters = TcFilters.decode(Captured.messages("filters-clsact-6.18"), INGRESS);
        assertEquals(
                List.of("0 1:2 all", "0 1:1 all", "3 5:1 ip"),
                filters.stream()
                        .map(f -> f.chain() + " " + f.priority() + ":" + f.handle() + " " + f.protocolLabel())
                        .toList());
        assertEquals(Set.of(Flag.DIRECT_ACTION), filters.get(0).flags());
        assertEquals(Set.of(), filters.get(2).flags());
        assertEquals(OptionalInt.of(254), filters.get(0).progId());
        assertEquals("tc.o:[tc]", filters.get(0).name());
    }

    @Test
    void a_filter_of_a_block_belongs_to_the_device_it_is_seen_through() {
        TcPoint point = new TcPoint(4, TcParent.INGRESS, OptionalInt.of(7));
        TcFilter filter =
                TcFilters.decode(Captured.messages("filters-block-6.18"), point).get(0);
        assertEquals(4, filter.ifindex());
        assertEquals(OptionalInt.of(7), filter.block());
        assertEquals(TcParent.INGRESS, filter.parent());
    }

    @Test
    void a_classic_filter_has_no_program_id() {
        List<TcFilter> filters = TcFilters.decode(Captured.messages("filters-htb-6.18"), ROOT);
        assertEquals(
                List.of(OptionalInt.of(270), OptionalInt.empty()),
                filters.stream().map(TcFilter::progId).toList());
        assertEquals(OptionalInt.of(0x10010), filters.get(0).classId());
    }

    @Test
    void qdiscs_that_hold_filters_are_kept_with_their_shared_blocks() {
        assertEquals(
                List.of(
                        new Qdisc(2, 0xffff0000, 0xfffffff1, "clsact", OptionalInt.of(7), OptionalInt.empty()),
                        new Qdisc(3, 0xffff0000, 0xfffffff1, "clsact", OptionalInt.empty(), OptionalInt.empty()),
                        new Qdisc(4, 0xffff0000, 0xfffffff1, "ingress", OptionalInt.of(7), OptionalInt.empty()),
                        new Qdisc(5, 0x10000, 0xffffffff, "htb", OptionalInt.empty(), OptionalInt.empty())),
                TcQdiscs.decode(Captured.messages("qdiscs-6.18")).qdiscs());
    }

    @Test
    void an_ingress_qdisc_has_one_direction_and_clsact_two() {
        List<Qdisc> qdiscs = List.of(
                new Qdisc(3, 0xffff0000, 0xfffffff1, "clsact", OptionalInt.empty(), OptionalInt.of(7)),
                new Qdisc(4, 0xffff0000, 0xfffffff1, "ingress", OptionalInt.empty(), OptionalInt.empty()));
        assertEquals(
                List.of(
                        new TcPoint(3, TcParent.INGRESS, OptionalInt.empty()),
                        new TcPoint(3, TcParent.EGRESS, OptionalInt.of(7)),
                        new TcPoint(4, TcParent.INGRESS, OptionalInt.empty())),
                TcPoint.of(qdiscs));
    }

    @Test
    void a_class_of_htb_is_a_place_of_its_own() {
        List<Qdisc> qdiscs =
                List.of(new Qdisc(5, 0x10000, 0xffffffff, "htb", OptionalInt.empty(), OptionalInt.empty()));
        assertEquals(
                List.of(new TcPoint(5, new TcParent(0x10010), OptionalInt.empty())),
                TcPoint.ofClasses(Captured.messages("classes-6.18"), qdiscs));
    }

    @Test
    void the_default_qdisc_holds_filters_only_at_the_root() {
        assertEquals(
                List.of(new TcPoint(2, new TcParent(0), OptionalInt.empty())),
                TcPoint.of(List.of(
                        new Qdisc(2, 0, 0xffffffff, "fq_codel", OptionalInt.empty(), OptionalInt.empty()),
                        new Qdisc(2, 0, 0x10001, "fq_codel", OptionalInt.empty(), OptionalInt.empty()))));
    }

    @Test
    void offload_flags_are_told() {
        NetlinkMessages messages = new NetlinkBuilder()
                .message(RTM_NEWTFILTER, 0, 3, 1, 0, 1 << 16 | 0x0008)
                .text(1, "bpf")
                .begin(2)
                .u32(8, 1)
                .u32(9, 4 | 2)
                .end()
                .messages();
        TcFilter filter = TcFilters.decode(messages, INGRESS).get(0);
        assertEquals(Set.of(Flag.DIRECT_ACTION, Flag.IN_HW, Flag.SKIP_SW), filter.flags());
        assertEquals(0x0800, filter.protocol());
    }

    @Test
    void filters_of_another_kind_and_the_announcement_of_a_priority_are_left_out() {
        NetlinkMessages messages = new NetlinkBuilder()
                .message(RTM_NEWTFILTER, 0, 3, 1, 0, 1 << 16)
                .text(1, "flower")
                .message(RTM_NEWTFILTER, 0, 3, 0, 0, 2 << 16)
                .text(1, "bpf")
                .messages();
        assertEquals(List.of(), TcFilters.decode(messages, INGRESS));
    }

    @Test
    void chains_run_by_number_whatever_was_made_first() {
        NetlinkBuilder builder = new NetlinkBuilder();
        for (int chain : new int[] {9, 0, 0x80000000, 4}) {
            builder.message(RTM_NEWTFILTER, 0, 3, 1, 0, 1 << 16).text(1, "bpf").u32(11, chain);
        }
        assertEquals(
                List.of(0, 4, 9, 0x80000000),
                TcFilters.decode(builder.messages(), INGRESS).stream()
                        .map(TcFilter::chain)
                        .toList());
    }
}
