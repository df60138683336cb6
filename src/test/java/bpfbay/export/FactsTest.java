package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Attachment;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import bpfbay.model.Reading;
import bpfbay.model.Ref;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import bpfbay.testing.SnapshotBuilder;
import bpfbay.testing.Snapshots;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FactsTest {
    private static final Snapshot EDGE = Snapshots.edge();

    @Test
    void an_attachment_says_where_what_and_what_it_hangs_on() {
        List<Fact> facts = of("eth0/xdp");
        assertEquals("native", text(facts, "mode"));
        assertEquals("eth0, ifindex 2", text(facts, "interface"));
        assertEquals("xdp_fw #3815", text(facts, "program"));
        assertEquals("link: changed through the link alone", text(facts, "via"));
        assertEquals("xdpd 812, holds the link, unit xdpd.service", text(facts, "owner"));
        assertEquals("/sys/fs/bpf/fw/xdp (link)", text(facts, "pin"));
        assertEquals(Optional.of(ObjectId.map(25)), fact(facts, "map").leadsTo());
    }

    @Test
    void what_is_missing_has_its_reason() {
        Snapshot snapshot = new SnapshotBuilder()
                .program(1, ProgType.XDP, "x")
                .ownership(new Reading.Denied<>("CAP_SYS_PTRACE"))
                .build();
        List<Fact> facts = Facts.of(snapshot.program(1).orElseThrow(), snapshot);
        assertEquals("needs CAP_SYS_PTRACE", fact(facts, "owner").text().reason());
        assertEquals(
                "attached nowhere that can be seen",
                fact(facts, "attached as").text().reason());
        assertEquals("statistics are off", fact(facts, "runs").text().reason());
    }

    @Test
    void an_inferred_owner_carries_its_reason() {
        String owner = text(of("eth0/tcx/ingress/1"), "owner");
        assertTrue(owner.startsWith("cilium-agent~ 1204, holds a map"), owner);
        assertTrue(owner.endsWith("(inferred: it holds map 40 of the program)"), owner);
    }

    @Test
    void a_shared_program_says_so() {
        assertEquals("2 attachments, whose runs count together", text(of("lxc12a/tcx/ingress/1"), "shared by"));
    }

    @Test
    void a_detached_link_says_that_it_holds_nothing() {
        String target = text(Facts.of(EDGE.link(144).orElseThrow(), EDGE), "attached to");
        assertTrue(target.startsWith("nothing"), target);
    }

    @Test
    void a_map_names_its_users_and_a_pin_its_object() {
        assertEquals("xdp_fw #3815", text(Facts.of(EDGE.map(25).orElseThrow(), EDGE), "used by"));
        assertEquals(
                "link #88 xdp",
                text(
                        Facts.of(
                                EDGE.pins().stream()
                                        .filter(p -> p.path().equals("/sys/fs/bpf/fw/xdp"))
                                        .findFirst()
                                        .orElseThrow(),
                                EDGE),
                        "object"));
    }

    @Test
    void a_cgroup_lists_its_chains_in_running_order() {
        List<Fact> facts = Facts.ofCgroup("/system.slice/web.service", EDGE);
        assertEquals("sd_fw_egress #6001", text(facts, "cgroup_inet_egress 1"));
        assertEquals("acct_egress #6002", text(facts, "cgroup_inet_egress 2"));
    }

    @Test
    void every_row_of_a_rich_host_has_facts_and_prints_safely() {
        for (Attachment a : EDGE.attachments()) {
            String printed = FactText.of(Facts.of(a, EDGE), ShellCommands.of(a, EDGE), List.of());
            printed.lines().forEach(line -> assertEquals(line, Escaper.escape(line)));
        }
        EDGE.programs().forEach(p -> assertTrue(Facts.of(p, EDGE).size() > 12));
        EDGE.links().forEach(l -> assertTrue(Facts.of(l, EDGE).size() > 4));
        EDGE.maps().forEach(m -> assertTrue(Facts.of(m, EDGE).size() > 6));
        EDGE.interfaces().forEach(d -> assertTrue(Facts.of(d, EDGE).size() > 4));
    }

    @Test
    void every_ref_of_a_rich_host_finds_its_attachment_again() {
        for (Attachment a : EDGE.attachments()) {
            assertEquals(Optional.of(a), Refs.resolve(Ref.parse(a.ref()), EDGE), a.ref());
        }
    }

    @Test
    void a_namespace_may_be_named_by_name_or_inode_even_the_own_one() {
        assertEquals("netns:blue/eth0/xdp", resolved("netns:4026532177/eth0/xdp"));
        assertEquals("eth0/xdp", resolved("netns:4026531840/eth0/xdp"));
        assertEquals("eth0/xdp", resolved("link:88"));
        assertEquals(Optional.of("eth1/xdp/slot:0"), Refs.nearest("eth1/xdp/slt:0", EDGE));
    }

    private static String resolved(String ref) {
        return Refs.resolve(Ref.parse(ref), EDGE).orElseThrow().ref();
    }

    private static List<Fact> of(String ref) {
        return Facts.of(Refs.resolve(Ref.parse(ref), EDGE).orElseThrow(), EDGE);
    }

    private static Fact fact(List<Fact> facts, String label) {
        return facts.stream()
                .filter(f -> f.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError(label));
    }

    private static String text(List<Fact> facts, String label) {
        return fact(facts, label).text().found().orElseThrow();
    }
}
