package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShimSizeTest {
    @Test
    void program_rows_are_as_large_in_c_as_in_java() {
        assertEquals(Rows.PROG_BYTES, ObjectShim.shim_sizeof_prog_row());
    }

    @Test
    void link_rows_are_as_large_in_c_as_in_java() {
        assertEquals(Rows.LINK_BYTES, ObjectShim.shim_sizeof_link_row());
    }

    @Test
    void map_rows_are_as_large_in_c_as_in_java() {
        assertEquals(Rows.MAP_BYTES, ObjectShim.shim_sizeof_map_row());
    }

    @Test
    void holding_rows_are_as_large_in_c_as_in_java() {
        assertEquals(Rows.HOLDING_BYTES, ObjectShim.shim_sizeof_holding_row());
    }

    @Test
    void object_records_are_as_large_in_c_as_in_java() {
        assertEquals(InfoRecord.HEADER_BYTES, ObjectShim.shim_sizeof_record());
        assertEquals(InfoRecord.BYTES, ObjectShim.shim_sizeof_object());
    }

    @Test
    void netlink_requests_and_replies_are_as_large_in_c_as_in_java() {
        assertEquals(NetlinkRequests.REQUEST_BYTES, NetlinkShim.shim_sizeof_request());
        assertEquals(NetlinkDump.REPLY_BYTES, NetlinkShim.shim_sizeof_reply());
    }

    @Test
    void queries_are_as_large_in_c_as_in_java() {
        assertEquals(ChainSource.QUERY_BYTES, NetlinkShim.shim_sizeof_query());
    }

    @Test
    void cgroups_and_their_chains_are_as_large_in_c_as_in_java() {
        assertEquals(CgroupDecoder.CGROUP_BYTES, CgroupShim.shim_sizeof_cgroup());
        assertEquals(CgroupDecoder.CHAIN_BYTES, CgroupShim.shim_sizeof_chain());
    }

    @Test
    void run_counts_are_as_large_in_c_as_in_java() {
        assertEquals(RunCountSource.ROW_BYTES, ObjectShim.shim_sizeof_count_row());
    }

    @Test
    void namespace_records_are_as_large_in_c_as_in_java() {
        assertEquals(ProcessNamespaces.ROW_BYTES, NamespaceShim.shim_sizeof_ns_row());
        assertEquals(HiddenMounts.ROW_BYTES, NamespaceShim.shim_sizeof_hidden_row());
        assertEquals(NamespaceSource.NAME_BYTES, NamespaceShim.shim_sizeof_ns_name());
    }

    @Test
    void bpffs_records_are_as_large_in_c_as_in_java() {
        assertEquals(DirListing.HEAD_BYTES, BpffsShim.shim_sizeof_dir());
        assertEquals(DirListing.ENTRY_BYTES, BpffsShim.shim_sizeof_dir_entry());
        assertEquals(BpffsCalls.PIN_BYTES, BpffsShim.shim_sizeof_pin());
    }

    @Test
    void what_replacing_takes_and_answers_is_as_large_in_c_as_in_java() {
        assertEquals(PlaceBytes.BYTES, SwapShim.shim_sizeof_swap_place());
        assertEquals(LibbpfSwapper.ANSWER_BYTES, SwapShim.shim_sizeof_swap_answer());
        assertEquals(LibbpfSwapper.STANDING_BYTES, SwapShim.shim_sizeof_swap_standing());
    }

    @Test
    void notices_are_as_large_in_c_as_in_java() {
        assertEquals(Notice.BYTES, SenderShim.shim_sizeof_notice());
    }

    @Test
    void sockets_of_processes_are_as_large_in_c_as_in_java() {
        assertEquals(SshProcesses.ROW_BYTES, SocketShim.shim_sizeof_socket_row());
    }

    @Test
    void the_names_of_a_host_are_as_large_in_c_as_in_java() {
        assertEquals(HostFacts.UTS_BYTES, SystemShim.shim_sizeof_utsname());
    }
}
