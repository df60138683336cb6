package bpfbay.swap;

import bpfbay.collect.Collector;
import bpfbay.collect.StatsMode;
import bpfbay.journal.FileJournal;
import bpfbay.journal.FolderLocks;
import bpfbay.journal.StateFolders;
import bpfbay.kernel.Loading;
import bpfbay.kernel.StateFiles;
import bpfbay.kernel.libbpf.LibbpfCandidates;
import bpfbay.kernel.libbpf.LibbpfCgroupFolders;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfGuardians;
import bpfbay.kernel.libbpf.LibbpfKernel;
import bpfbay.kernel.libbpf.LibbpfMapFacts;
import bpfbay.kernel.libbpf.LibbpfSshSessions;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.kernel.libbpf.LibbpfTestRuns;
import bpfbay.model.Attachment;
import bpfbay.model.Reading;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An engine on the running kernel, with its state in a folder of the test's. */
final class RealEngine implements AutoCloseable {
    final LibbpfKernel kernel = LibbpfKernel.open(Loading.NOTHING);
    final StateFolders folders;
    final SwapEngine engine;

    RealEngine(Path folder, UnaryOperator<Journal> journal) {
        this(StateFolders.in(folder), new LibbpfStateFiles(), Clock.systemUTC(), journal);
    }

    RealEngine(StateFolders folders, StateFiles files, Clock clock, UnaryOperator<Journal> journal) {
        this.folders = folders;
        LibbpfFileLocks locks = new LibbpfFileLocks();
        engine = new SwapEngine(new Ground(
                kernel,
                LibbpfSwapper.open(),
                LibbpfCandidates.open(),
                LibbpfGuardians.open(),
                LibbpfSshSessions.open(),
                LibbpfTestRuns.open(),
                LibbpfMapFacts.open(),
                new LibbpfCgroupFolders(),
                journal.apply(new FileJournal(folders, files, locks)),
                new FolderLocks(folders, files, locks),
                folders.controls(),
                new JournalEntry.By((int) ProcessHandle.current().pid(), "java", "root"),
                clock,
                Pause.real()));
    }

    Snapshot look() {
        try (Collector collector = new Collector(kernel, Clock.systemUTC(), StatsMode.OFF)) {
            return collector.collect(Set.of());
        }
    }

    /** Where the program stands. */
    static Attachment of(Snapshot snapshot, int progId) {
        return snapshot.attachments().stream()
                .filter(a -> a.progId().isPresent() && a.progId().getAsInt() == progId)
                .findFirst()
                .orElseThrow(() -> new AssertionError(snapshot.attachments() + " " + snapshot.problems()));
    }

    /** The same picture with that one attachment, which runs that program by now: a whole look takes longer. */
    static Snapshot with(Snapshot first, Attachment attachment, int progId, OptionalLong revision) {
        Attachment now = new Attachment(
                attachment.ref(),
                attachment.place(),
                attachment.position(),
                attachment.via(),
                OptionalInt.of(progId),
                attachment.linkId(),
                revision.isPresent() ? new Reading.Value<>(revision.getAsLong()) : attachment.revision(),
                attachment.filter(),
                attachment.attachFlags(),
                attachment.slot());
        return new Snapshot(
                first.host(),
                first.takenAt(),
                first.duration(),
                first.namespaces(),
                first.interfaces(),
                List.of(now),
                first.programs(),
                first.links(),
                first.maps(),
                first.pins(),
                first.cgroups(),
                first.index(),
                first.activity(),
                first.own(),
                first.problems());
    }

    PreparedSwap plan(int from, int to, ConfirmWindow window) {
        return plan(from, new Candidate.OfProgram(to), window);
    }

    PreparedSwap plan(int from, Candidate to, ConfirmWindow window) {
        Snapshot now = look();
        Ref ref = Ref.parse(of(now, from).ref());
        return engine.plan(SwapRequest.of(ref, to).confirming(window), now);
    }

    SwapOutcome commit(PreparedSwap prepared) {
        return engine.commit(prepared, new Consent.Typed(prepared.plan().phrase()), Progress.SILENT);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
