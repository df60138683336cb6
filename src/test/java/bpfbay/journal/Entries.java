package bpfbay.journal;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.AttachType;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Lines of a journal to write and to find again. */
final class Entries {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final SwapPlace.Namespace NETNS = new SwapPlace.Namespace("/run/netns/bl\udcffue", 4026531840L);
    private static final JournalEntry.By BY = new JournalEntry.By(812, "bpf\u0007bay", "ro\u202eot");

    private Entries() {}

    /** One of each shape, with numbers as large as they get. */
    static List<SwapPlace> places() {
        return List.of(
                new SwapPlace.OfLink(Primitive.XDP_LINK, 88),
                new SwapPlace.OfLink(Primitive.TCX_LINK, -1),
                new SwapPlace.OfLink(Primitive.NETKIT_LINK, 1),
                new SwapPlace.OfLink(Primitive.CGROUP_LINK, 2),
                new SwapPlace.Xdp(NETNS, 2, XdpMode.GENERIC),
                new SwapPlace.Chain(Primitive.TCX_PROGRAM, NETNS, 3, AttachType.TCX_EGRESS),
                new SwapPlace.Chain(Primitive.NETKIT_PROGRAM, NETNS, 4, new AttachType(4000)),
                new SwapPlace.Cgroup("/sys/fs/cgroup/\udcc3\"\n", -2L, AttachType.CGROUP_INET_EGRESS),
                new SwapPlace.Filter(NETNS, 5, OptionalInt.empty(), TcParent.EGRESS, 7, 49152, 3, 0x1),
                new SwapPlace.Filter(NETNS, 0, OptionalInt.of(22), new TcParent(0x10010), 0, 1, 0x88cc, -1),
                new SwapPlace.Filter(NETNS, 6, OptionalInt.empty(), TcParent.INGRESS, 0, 1, 0x86dd, 1));
    }

    static JournalEntry planned(SwapPlace place) {
        return new JournalEntry(
                "2a4f1c8e-1111-2222-3333-444455556666",
                NOON,
                "20261121-120000-3f",
                JournalEvent.PLANNED,
                OptionalInt.of(0),
                "eth\udcff0/xdp",
                place.primitive().label(),
                Optional.of(new ProgramMark(3815, "xdp_fw", "9af1c02e00000000")),
                Optional.of(new ProgramMark(-1, "", "")),
                OptionalInt.of(88),
                BY,
                Optional.of(new JournalEntry.Anchor(place, "xdp 4026531840 2", List.of("/sys/fs/bpf/a\udcfe", "/b"))),
                "to be \"short\"\n\ud83d\ude00");
    }

    static JournalEntry bare(JournalEvent event) {
        return numbered(event, 0);
    }

    static JournalEntry numbered(JournalEvent event, int number) {
        return at(NOON, event, "swap-" + number);
    }

    static JournalEntry at(Instant at, JournalEvent event, String swap) {
        return new JournalEntry(
                "",
                at,
                swap,
                event,
                OptionalInt.empty(),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                BY,
                Optional.empty(),
                "");
    }

    static String line(JournalEntry entry) {
        return new String(EntryWriter.lines(List.of(entry)), java.nio.charset.StandardCharsets.UTF_8).strip();
    }
}
