package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CgroupFileTest {
    private static final String ID = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /system.slice/cilium.service, cilium.service
                    /user.slice/user-1000.slice/user@1000.service/app.slice/app-fw.service, app-fw.service
                    /user.slice/user-1000.slice/session-3.scope, session-3.scope
                    /system.slice/system-getty.slice/getty@tty1.service/sub, getty@tty1.service
                    /system.slice, system.slice
                    """)
    void the_unit_is_the_innermost_one(String path, String unit) {
        assertEquals(Optional.of(unit), CgroupFile.parse("0::" + path + "\n").unit());
    }

    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    /system.slice/docker-ID.scope
                    /docker/ID
                    /kubepods.slice/kubepods-pod12ab_cd.slice/cri-containerd-ID.scope
                    /kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1.slice/crio-ID.scope
                    /machine.slice/libpod-ID.scope/container
                    /kubepods/besteffort/pod0dc2b5ed-32e7-4b3a-8f9d-5e1f0d6f7a11/ID
                    /system.slice/containerd.service/kubepods-pod1.slice:cri-containerd:ID
                    """)
    void the_container_is_named_by_its_id(String path) {
        assertEquals(
                Optional.of(ID),
                CgroupFile.parse("0::" + path.replace("ID", ID) + "\n").container());
    }

    @Test
    void conmon_beside_a_container_is_not_in_it() {
        assertEquals(
                Optional.empty(),
                CgroupFile.parse("0::/machine.slice/libpod-conmon-" + ID + ".scope\n")
                        .container());
    }

    @Test
    void an_lxc_payload_is_a_container_by_name() {
        assertEquals(
                Optional.of("web"),
                CgroupFile.parse("0::/lxc.payload.web/init.scope\n").container());
    }

    @Test
    void where_the_unified_path_is_the_root_systemds_own_tree_tells() {
        CgroupFile lines = CgroupFile.parse("9:name=systemd:/system.slice/fw.service\n8:pids:/\n0::/\n");
        assertEquals(Optional.of("/"), lines.unified());
        assertEquals(Optional.of("fw.service"), lines.unit());
    }

    @Test
    void a_host_without_the_unified_hierarchy_has_no_unified_path() {
        assertEquals(Optional.empty(), CgroupFile.parse("8:pids:/a\n").unified());
    }
}
