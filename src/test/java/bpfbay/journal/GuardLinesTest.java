package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Member;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfGuardians;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lines of real guard processes, while the journal they write to is set aside under them. */
@InNetns
final class GuardLinesTest {
    private static final int FULL = 3000;
    private static final int SWAPS = Repeats.times(30, 5);
    private static final int LOOPBACK = 1;

    private final Swapper swapper = LibbpfSwapper.open();
    private final Guardians guardians = LibbpfGuardians.open();
    private Path base = Path.of("/");
    private StateFolders folders = StateFolders.in(base);
    private FileJournal journal;
    private int old;
    private int next;
    private int link;

    @BeforeEach
    void begin() throws IOException {
        base = Files.createTempDirectory("bpfbay-guard-lines");
        folders = StateFolders.in(base);
        journal = new FileJournal(folders, new LibbpfStateFiles(), new LibbpfFileLocks(), Duration.ofSeconds(60), FULL);
        old = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "old", 2);
        next = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "next", 2);
        link = RawBpf.createLink(old, LOOPBACK, RawBpf.BPF_XDP);
    }

    @AfterEach
    void end() {
        RawBpf.closeAll(link, next, old);
        Tool.run("rm", "-rf", base.toString());
    }

    /* two generations a swap: the lines may be in any of the four that are kept */
    @Test
    void none_is_lost_when_the_journal_is_set_aside_meanwhile() throws IOException, InterruptedException {
        int generations = 0;
        for (int i = 0; i < SWAPS; i++) {
            String swap = "20261121-120000-" + i;
            List<JournalEntry> others = new ArrayList<>();
            Thread writer = new Thread(() -> fill(others));
            try (Guardian guard = swapped(swap)) {
                writer.start();
                assertEquals(Guardians.Ending.Kind.REVERTED, guard.revert().kind());
            }
            writer.join();
            List<JournalEntry> read = journal.read();
            assertEquals(
                    List.of(JournalEvent.REVERTING, JournalEvent.REVERTED),
                    read.stream()
                            .filter(entry -> entry.swap().equals(swap))
                            .map(JournalEntry::event)
                            .toList());
            assertTrue(read.containsAll(others), "nor of ours");
            generations += (int) Generations.newestFirst(folders.journals().get(0)).stream()
                    .filter(Files::exists)
                    .count();
        }
        assertTrue(generations > SWAPS, "it was set aside");
        assertEquals(List.of(), journal.warnings());
    }

    private Guardian swapped(String swap) throws IOException {
        SwapPlace place = new SwapPlace.OfLink(Primitive.XDP_LINK, RawBpf.id(link));
        Files.createDirectories(folders.controls());
        Guardian guard = guardians.start(new Orders(
                swap,
                folders.controls().resolve(swap),
                folders.journals(),
                List.of(new Member("lo/xdp", place, RawBpf.id(old), RawBpf.id(next))),
                List.of(),
                Optional.empty()));
        guard.arm(Duration.ofHours(1));
        try (Fd from = swapper.program(RawBpf.id(old));
                Fd to = swapper.program(RawBpf.id(next))) {
            swapper.replace(place, from, to, OptionalLong.empty());
        }
        guard.committed();
        return guard;
    }

    private void fill(List<JournalEntry> written) {
        long bytes = 0;
        while (bytes < 2 * FULL) {
            JournalEntry entry = Entries.numbered(JournalEvent.COMMITTING, written.size() + 1);
            journal.append(List.of(entry));
            written.add(entry);
            bytes += EntryWriter.lines(List.of(entry)).length;
        }
    }
}
