package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.export.Capture;
import bpfbay.export.CaptureReader;
import bpfbay.export.CaptureWriter;
import bpfbay.history.Occurrence;
import bpfbay.model.AttachTarget;
import bpfbay.model.Device;
import bpfbay.model.Host;
import bpfbay.model.LinkType;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Snapshot;
import bpfbay.model.XdpMode;
import bpfbay.testing.SnapshotBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class SinceTest {
    @Test
    void what_was_replaced_after_the_recording_ended_is_of_the_past() {
        Since since = Since.of(recording(host("boot", 1), host("boot", 1)));
        List<Occurrence> past =
                since.scene(host("boot", 2), Duration.ZERO, Optional.empty()).past();
        assertEquals(
                List.of(Occurrence.Kind.REPLACED),
                past.stream()
                        .map(Occurrence::kind)
                        .filter(kind -> kind == Occurrence.Kind.REPLACED)
                        .toList());
    }

    @Test
    void what_was_replaced_while_it_was_recorded_is_of_the_past_too() {
        Since since = Since.of(recording(host("boot", 1), host("boot", 1), host("boot", 2)));
        assertEquals(
                1,
                since.scene(host("boot", 2), Duration.ZERO, Optional.empty()).past().stream()
                        .filter(o -> o.kind() == Occurrence.Kind.REPLACED)
                        .count());
    }

    @Test
    void a_recording_of_another_boot_tells_nothing() {
        Since since = Since.of(recording(host("boot", 1)));
        assertEquals(
                Optional.empty(),
                since.scene(host("other", 2), Duration.ZERO, Optional.empty()).since());
    }

    private static Capture recording(Snapshot... pictures) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(out, "0.0.1", CaptureWriter.Content.EXACT)) {
            List.of(pictures).forEach(writer::write);
        }
        return CaptureReader.open(new ByteArrayInputStream(out.toByteArray()), bytes -> {});
    }

    private static Snapshot host(String boot, int progId) {
        return new SnapshotBuilder()
                .host(new Host("h", "6.18", "1.1", boot))
                .ownNamespace(7)
                .device(7, 2, "eth0")
                .program(1, ProgType.XDP, "one")
                .program(2, ProgType.XDP, "two")
                .link(88, LinkType.XDP, progId, new AttachTarget.Netdev(OptionalLong.of(7), 2))
                .attachByLink(new Place.Xdp(new Device(7, 2, "eth0"), XdpMode.NATIVE), progId, 88)
                .build();
    }
}
