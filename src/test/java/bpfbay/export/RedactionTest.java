package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.history.OwnSwap;
import bpfbay.model.Attachment;
import bpfbay.model.Pin;
import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import bpfbay.testing.Snapshots;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class RedactionTest {
    private static final Snapshot EDGE = Histories.collected(Snapshots.edge());

    @Test
    void nothing_that_names_host_process_or_cgroup_is_left() {
        String text = new String(SnapshotReaderTest.written(new Redaction().of(EDGE)), StandardCharsets.UTF_8);
        for (String name : List.of(
                "edge-07",
                "5f0c1b6e-6a0f",
                "\"xdpd\"",
                "xdpd.service",
                "cilium-agent",
                "3f4e8a1c9b2d",
                "web.service",
                "kubepods.slice/cri")) {
            assertFalse(text.contains(name), name);
        }
        assertTrue(text.contains("\"ref\":\"cgroup:/system.slice/unit-"), text);
    }

    @Test
    void interfaces_programs_maps_and_pins_keep_their_names() {
        Snapshot redacted = new Redaction().of(EDGE);
        assertEquals(EDGE.programs(), redacted.programs());
        assertEquals(EDGE.maps(), redacted.maps());
        assertEquals(EDGE.interfaces(), redacted.interfaces());
        assertEquals(
                EDGE.pins().stream().map(Pin::path).toList(),
                redacted.pins().stream().map(Pin::path).toList());
        assertEquals(EDGE.attachments().size(), redacted.attachments().size());
        assertEquals(
                EDGE.attachments().get(0).ref(), redacted.attachments().get(0).ref());
    }

    @Test
    void one_name_has_one_pseudonym_in_all_pictures() {
        Redaction redaction = new Redaction();
        List<Snapshot> redacted = new ArrayList<>();
        for (Snapshot picture : Histories.of(EDGE, 9, 20)) {
            redacted.add(redaction.of(picture));
        }
        assertEquals(redacted, CaptureTest.all(CaptureTest.open(CaptureTest.written(redacted))));
        Attachment first = redacted.get(0).attachments().get(0);
        Snapshot again = redaction.of(EDGE);
        assertEquals(first, again.attachments().get(0));
        assertSame(again.attachments().get(0), redaction.of(EDGE).attachments().get(0));
    }

    @Test
    void a_swap_of_a_cgroup_is_known_by_the_ref_that_its_attachment_has_then() {
        Redaction redaction = new Redaction();
        Snapshot redacted = redaction.of(EDGE);
        for (int i = 0; i < EDGE.attachments().size(); i++) {
            OwnSwap swap = new OwnSwap(EDGE.takenAt(), EDGE.attachments().get(i).ref(), 1, OptionalInt.of(812), "xdpd");
            assertEquals(redacted.attachments().get(i).ref(), redaction.of(swap).ref());
            assertEquals("comm-", redaction.of(swap).comm().substring(0, 5));
        }
    }

    @Test
    void a_path_outside_a_bpffs_is_replaced_part_by_part() {
        Pseudonyms names = new Pseudonyms();
        assertEquals("/path-1/path-2/path-3", names.path("/opt/acme/fw.o"));
        assertEquals("/path-1/path-4", names.path("/opt/x"));
        assertEquals("/sys/fs/bpf/fw/xdp", names.path("/sys/fs/bpf/fw/xdp"));
        assertEquals("/proc/12/root/sys/fs/bpf/x", names.path("/proc/12/root/sys/fs/bpf/x"));
        assertEquals("/proc/12/root/path-5", names.path("/proc/12/root/srv"));
        assertEquals("/run/netns/blue", names.path("/run/netns/blue"));
        assertEquals("/", names.cgroup("/"));
        assertEquals("/system.slice/unit-1.service", names.cgroup("/system.slice/nginx.service"));
        assertEquals("unit-1.service", names.unit("nginx.service"));
    }

    @Test
    void a_pin_keeps_its_name_inside_of_any_bpffs() {
        Pseudonyms names = new Pseudonyms();
        assertEquals("/sys/fs/bpf/fw/xdp", names.pin("/sys/fs/bpf/fw/xdp"));
        assertEquals("/proc/12/root/sys/fs/bpf/x", names.pin("/proc/12/root/sys/fs/bpf/x"));
        assertEquals("/path-1/path-2/path-3/tc/in", names.pin("/run/acme/bpf/tc/in"));
        assertEquals("/path-4/path-5", names.pin("/mnt/x"));
    }

    @Test
    void paths_of_the_kernel_stay_but_for_cgroups() {
        Pseudonyms names = new Pseudonyms();
        assertEquals("/proc/*/ns/net of 1 process", names.text("/proc/*/ns/net of 1 process"));
        assertEquals("/sys/fs/cgroup/unit-1.service", names.path("/sys/fs/cgroup/nginx.service"));
    }

    @Test
    void addresses_and_known_names_in_a_sentence_are_replaced() {
        Pseudonyms names = new Pseudonyms();
        names.of("comm", "nginx");
        assertEquals(
                "comm-1 at address-1 and address-2 reads /path-1/path-2, prog:12 and netns:blue stay",
                names.text("nginx at 192.0.2.7 and 2001:db8::1 reads /etc/nginx, prog:12 and netns:blue stay"));
    }
}
