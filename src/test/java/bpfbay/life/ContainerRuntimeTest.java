package bpfbay.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.diagnose.Code;
import bpfbay.diagnose.Severity;
import bpfbay.testing.InNetns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Services and containers with the programs that systemd, runc and crun give them: systemd holds its own by
 * descriptors and renews by attaching the new one before it takes the old one off, runc and crun let go of
 * theirs, which have no name, and replace it in its place.
 */
@InNetns
class ContainerRuntimeTest {
    private static final int CGROUP_SKB = 8;
    private static final int CGROUP_DEVICE = 15;
    private static final int CGROUP_SOCK_ADDR = 18;
    private static final int INGRESS = 0;
    private static final int EGRESS = 1;
    private static final int DEVICE = 6;
    private static final int INET4_BIND = 8;

    private final Cgroups cgroups =
            new Cgroups("bblife-" + ProcessHandle.current().pid());
    private Onlooker onlooker;
    private Hand hand;

    @BeforeEach
    void boot() {
        onlooker = new Onlooker(cgroups::holds);
        hand = new Hand("systemd", cgroups.make("init.scope"));
    }

    @AfterEach
    void halt() {
        hand.close();
        onlooker.close();
        cgroups.close();
    }

    @Test
    void services_start_reload_and_stop() {
        Path web = started("web", 2);
        Path db = started("db", 3);
        onlooker.calm("two services are up");
        for (int generation = 2; generation < 5; generation++) {
            guard(web, "web", generation, generation + 2);
            onlooker.look();
            unguard(web, "web", generation - 1);
            onlooker.calm("the other rules of a service took effect " + generation);
        }
        unguard(web, "web", 4);
        guard(web, "web", 5, 9);
        onlooker.calm("systemd took the old ones off first, and nobody looked meanwhile");
        unguard(db, "db", 1);
        cgroups.remove(db);
        onlooker.calm("a service is gone");
        unguard(web, "web", 5);
        onlooker.look();
        cgroups.remove(web);
        onlooker.calm("a service is gone, whose cgroup was seen without its programs");
        started("db", 3);
        onlooker.calm("a service is back");
    }

    @Tag("host")
    @Test
    void containers_come_are_updated_and_go() {
        hand.tell("be", "runc", cgroups.make("runtime"));
        for (int number = 1; number <= 3; number++) {
            contained(number);
            onlooker.calm("container " + number + " came");
        }
        update(2, 7);
        onlooker.calm("runc put other rules in the place of a container's");
        update(2, 8);
        update(1, 7);
        onlooker.calm("once more, and another container");
        renew(3, 9);
        onlooker.calm("a runtime attached its other rules beside the old ones, which it took off");
        cgroups.remove(container(2));
        onlooker.calm("a container is gone, its programs with it");
        contained(4);
        cgroups.remove(container(4));
        cgroups.remove(container(1));
        onlooker.calm("two are gone, one of which nobody saw");
    }

    @Tag("host")
    @Test
    void what_a_stranger_takes_off_or_puts_in_its_place_is_found() {
        Path web = started("web", 2);
        onlooker.calm("a service is up");
        try (Hand stranger = new Hand("edge-fw", cgroups.make("edge-fw.service"))) {
            stranger.tell("find", "devices", web, DEVICE);
            stranger.tell("program", "theirs", CGROUP_DEVICE, 0, "edge_devices", 5);
            stranger.tell("replace", "theirs", "devices", web, DEVICE);
            stranger.tell("find", "firewall", web, INGRESS);
            stranger.tell("detach", "firewall", web, INGRESS);
        }
        List<String> replaced = onlooker.found(Code.REPLACED_UNDERNEATH, Severity.CRITICAL);
        assertEquals(1, replaced.size(), replaced::toString);
        assertEquals(true, replaced.get(0).contains(cgroups.ref(web) + "/device/1"), replaced::toString);
        List<String> vanished = onlooker.found(Code.VANISHED, Severity.WARNING);
        assertEquals(1, vanished.size(), vanished::toString);
        assertEquals(true, vanished.get(0).contains(cgroups.ref(web) + "/inet_ingress/1"), vanished::toString);
    }

    @Test
    void what_a_stranger_takes_off_is_found_while_its_cgroup_is_there_and_not_when_it_went_with_it() {
        hand.tell("be", "runc", cgroups.make("runtime"));
        contained(1);
        contained(2);
        onlooker.calm("two containers came");
        try (Hand stranger = new Hand("edge-fw", cgroups.make("edge-fw.service"))) {
            stranger.tell("find", "rules", container(1), DEVICE);
            stranger.tell("detach", "rules", container(1), DEVICE);
        }
        cgroups.remove(container(2));
        List<String> vanished = onlooker.found(Code.VANISHED, Severity.WARNING);
        assertEquals(1, vanished.size(), vanished::toString);
        assertEquals(true, vanished.get(0).contains(cgroups.ref(container(1)) + "/device/1"), vanished::toString);
        cgroups.remove(container(1));
        onlooker.calm("it has gone since");
    }

    private Path started(String service, int rules) {
        Path cgroup = cgroups.make("system.slice/" + service + ".service");
        guard(cgroup, service, 1, rules);
        return cgroup;
    }

    /** Devices, IP addresses, which are counted, and ports. */
    private void guard(Path cgroup, String service, int generation, int rules) {
        String key = service + generation;
        hand.tell("program", key + "devices", CGROUP_DEVICE, 0, "sd_devices", rules);
        hand.tell("attach", key + "devices", cgroup, DEVICE);
        hand.tell("map", key + "count", "sd_count");
        hand.tell("program", key + "in", CGROUP_SKB, INGRESS, "sd_fw_ingress", rules, key + "count");
        hand.tell("program", key + "out", CGROUP_SKB, EGRESS, "sd_fw_egress", rules, key + "count");
        hand.tell("attach", key + "in", cgroup, INGRESS);
        hand.tell("attach", key + "out", cgroup, EGRESS);
        hand.tell("map", key + "ports", "sd_bind_allow");
        hand.tell("program", key + "bind", CGROUP_SOCK_ADDR, INET4_BIND, "sd_bind4", rules, key + "ports");
        hand.tell("link", key + "link", key + "bind", cgroup, INET4_BIND);
        hand.tell("drop", key + "bind");
        hand.tell("drop", key + "ports");
        hand.tell("drop", key + "count");
    }

    private void unguard(Path cgroup, String service, int generation) {
        String key = service + generation;
        hand.tell("detach", key + "devices", cgroup, DEVICE);
        hand.tell("detach", key + "in", cgroup, INGRESS);
        hand.tell("detach", key + "out", cgroup, EGRESS);
        for (String held : List.of("devices", "in", "out", "link")) {
            hand.tell("drop", key + held);
        }
    }

    private Path container(int number) {
        return cgroups.make("machine.slice/libpod-" + Integer.toString(number).repeat(64) + ".scope");
    }

    private void contained(int number) {
        hand.tell("program", "rules", CGROUP_DEVICE, 0, "-", 3);
        hand.tell("attach", "rules", container(number), DEVICE);
        hand.tell("drop", "rules");
    }

    private void update(int number, int rules) {
        hand.tell("find", "old", container(number), DEVICE);
        hand.tell("program", "rules", CGROUP_DEVICE, 0, "-", rules);
        hand.tell("replace", "rules", "old", container(number), DEVICE);
        onlooker.look();
        hand.tell("drop", "rules");
        hand.tell("drop", "old");
    }

    private void renew(int number, int rules) {
        hand.tell("find", "old", container(number), DEVICE);
        hand.tell("program", "rules", CGROUP_DEVICE, 0, "-", rules);
        hand.tell("attach", "rules", container(number), DEVICE);
        onlooker.look();
        hand.tell("detach", "old", container(number), DEVICE);
        hand.tell("drop", "rules");
        hand.tell("drop", "old");
    }
}
