package bpfbay.cli;

import bpfbay.journal.FileJournal;
import bpfbay.journal.FolderLocks;
import bpfbay.journal.StateFolders;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.libbpf.LibbpfCandidates;
import bpfbay.kernel.libbpf.LibbpfCgroupFolders;
import bpfbay.kernel.libbpf.LibbpfFileLocks;
import bpfbay.kernel.libbpf.LibbpfGuardians;
import bpfbay.kernel.libbpf.LibbpfMapFacts;
import bpfbay.kernel.libbpf.LibbpfSshSessions;
import bpfbay.kernel.libbpf.LibbpfStateFiles;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.kernel.libbpf.LibbpfTestRuns;
import bpfbay.model.RawText;
import bpfbay.swap.Ground;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.Pause;
import bpfbay.swap.SwapEngine;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** The engine on this host, put together of its parts. */
final class SwapEngines {
    private SwapEngines() {}

    static SwapEngine open(Kernel kernel, Optional<Path> stateDir, Clock clock) {
        StateFolders folders = stateDir.map(StateFolders::in).orElseGet(StateFolders::ofHost);
        LibbpfStateFiles files = new LibbpfStateFiles();
        LibbpfFileLocks locks = new LibbpfFileLocks();
        return new SwapEngine(new Ground(
                kernel,
                LibbpfSwapper.open(pinFolder(stateDir)),
                LibbpfCandidates.open(),
                LibbpfGuardians.open(),
                LibbpfSshSessions.open(),
                LibbpfTestRuns.open(),
                LibbpfMapFacts.open(),
                new LibbpfCgroupFolders(),
                new FileJournal(folders, files, locks),
                new FolderLocks(folders, files, locks),
                folders.controls(),
                new JournalEntry.By((int) ProcessHandle.current().pid(), "bpfbay", user(System.getenv())),
                clock,
                Pause.real()));
    }

    /** Each journal has its own, so that a recovery by one does not take the way back of another for left over. */
    static String pinFolder(Optional<Path> stateDir) {
        if (stateDir.isEmpty()) {
            return "bpfbay";
        }
        CRC32 checksum = new CRC32();
        checksum.update(RawText.encode(stateDir.get().toString()));
        return "bpfbay-" + Long.toHexString(checksum.getValue());
    }

    /** Who is at the keyboard: root's name says nothing where sudo was used. */
    static String user(Map<String, String> environment) {
        String sudo = environment.getOrDefault("SUDO_USER", "");
        return sudo.isEmpty() ? System.getProperty("user.name", "") : sudo;
    }
}
