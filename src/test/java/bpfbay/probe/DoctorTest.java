package bpfbay.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.probe.Checkup.Condition;
import bpfbay.probe.Checkup.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DoctorTest {
    private final Map<String, String> files = new HashMap<>();

    @Test
    void capabilities_are_read_from_the_mask_in_effect() {
        files.put("/proc/thread-self/status", "Name:\tjava\nCapPrm:\tffffffffffffffff\nCapEff:\t0000000000203000\n");
        assertEquals(Set.of(Capability.CAP_SYS_ADMIN, Capability.CAP_NET_ADMIN), doctor().held());
    }

    @Test
    void a_full_mask_holds_all_and_no_file_none() {
        assertEquals(Set.of(), doctor().held());
        files.put("/proc/thread-self/status", "CapEff:\t000001ffffffffff\n");
        assertEquals(Set.of(Capability.values()), doctor().held());
    }

    @Test
    void a_missing_btf_costs_iterators() {
        assertEquals(Verdict.COSTS, condition("btf").verdict());
        files.put("/sys/kernel/btf/vmlinux", "");
        assertEquals(Verdict.GOOD, condition("btf").verdict());
    }

    @Test
    void lockdown_costs_only_where_it_is_confidential() {
        files.put("/sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
        assertEquals(new Condition("lockdown", "integrity", Verdict.GOOD, ""), condition("lockdown"));
        files.put("/sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
        assertEquals(Verdict.COSTS, condition("lockdown").verdict());
    }

    @Test
    void a_mount_is_found_by_its_type() {
        files.put(
                "/proc/thread-self/mountinfo",
                """
                30 1 0:28 / /sys/fs/bpf rw,nosuid - bpf bpf rw,mode=700
                31 1 0:29 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw
                """);
        assertEquals("mounted at /sys/fs/bpf", condition("bpffs").value());
        assertEquals("mounted at /sys/fs/cgroup", condition("cgroup2").value());
        assertTrue(!condition("tracefs").cost().isEmpty());
    }

    private Doctor doctor() {
        return new Doctor(path -> Optional.ofNullable(files.get(path)));
    }

    private Condition condition(String name) {
        return doctor().conditions().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
