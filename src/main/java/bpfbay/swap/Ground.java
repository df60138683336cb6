package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.CgroupFolders;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.MapFacts;
import bpfbay.kernel.SshSessions;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.TestRuns;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What an engine stands on.
 *
 * @param controls the folder of the guard processes' sockets
 * @param by who the journal says did it
 */
public record Ground(
        Kernel kernel,
        Swapper swapper,
        Candidates candidates,
        Guardians guardians,
        SshSessions sessions,
        TestRuns testRuns,
        MapFacts mapFacts,
        CgroupFolders cgroups,
        Journal journal,
        Locks locks,
        Path controls,
        JournalEntry.By by,
        Clock clock,
        Pause pause) {
    public Ground {
        requireNonNull(kernel, "kernel");
        requireNonNull(swapper, "swapper");
        requireNonNull(candidates, "candidates");
        requireNonNull(guardians, "guardians");
        requireNonNull(sessions, "sessions");
        requireNonNull(testRuns, "testRuns");
        requireNonNull(mapFacts, "mapFacts");
        requireNonNull(cgroups, "cgroups");
        requireNonNull(journal, "journal");
        requireNonNull(locks, "locks");
        requireNonNull(controls, "controls");
        requireNonNull(by, "by");
        requireNonNull(clock, "clock");
        requireNonNull(pause, "pause");
    }
}
