package bpfbay.tui;

import bpfbay.model.Activity;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.Host;
import bpfbay.model.NetNamespace;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import bpfbay.model.Snapshot;
import bpfbay.model.Via;
import bpfbay.model.XdpMode;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.State;
import bpfbay.tui.state.Update;
import bpfbay.tui.terminal.Surface;
import bpfbay.tui.terminal.TerminalKind;
import bpfbay.tui.terminal.Wire;
import bpfbay.tui.view.Screenful;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Draws a frame for nobody. What is done for the first time takes Java ten times as long as what is done
 * again, and while the way to the kernel is opened there is time for it. Asks nothing of any terminal.
 */
public final class Rehearsal {
    private static final NetNamespace NETNS =
            new NetNamespace(1, OptionalLong.empty(), List.of(), "", NetNamespace.Scope.OWN);

    private Rehearsal() {}

    /** With a row in it. */
    public static void of(State start, TerminalKind kind) {
        Wire nowhere = new Nowhere(start.looks().columns(), start.looks().rows());
        Painter painter = new Painter(new Surface(nowhere, kind));
        State seeing = Update.apply(
                        start, new Event.Glimpsed(glance(start.world().now())))
                .state();
        painter.paint(Screenful.draw(seeing), seeing.looks().theme());
    }

    /** A program on a device. */
    private static Snapshot glance(Instant now) {
        Program program = new Program(
                1,
                ProgType.XDP,
                "program",
                "0123456789abcdef",
                now,
                0,
                Program.License.OTHER,
                8,
                8,
                OptionalLong.empty(),
                1,
                List.of(),
                OptionalInt.empty(),
                new Reading.NotAsked<>(""),
                new Reading.NotAsked<>(""),
                new Reading.NotAsked<>(""));
        Attachment attachment = new Attachment(
                "",
                new Place.Xdp(new Device(NETNS.inode(), 1, "device"), XdpMode.NATIVE),
                1,
                Via.NETLINK,
                OptionalInt.of(program.id()),
                OptionalInt.empty(),
                new Reading.NotAsked<>(""),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
        List<Attachment> attachments = List.of(attachment);
        List<Program> programs = List.of(program);
        Relations index = Relations.of(
                attachments,
                programs,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Relations.SLOTS_NOT_ASKED,
                Relations.NOT_YET);
        return new Snapshot(
                new Host("", "", "", ""),
                now,
                Duration.ZERO,
                List.of(NETNS),
                List.of(),
                attachments,
                programs,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                index,
                Activity.SOON,
                Set.of(),
                List.of());
    }

    private record Nowhere(int columns, int rows) implements Wire {
        @Override
        public void enter() {}

        @Override
        public void write(byte[] bytes, int length) {}
    }
}
