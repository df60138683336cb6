package bpfbay.tui.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/*
 * The launcher is a shell script in our own process group, and sudo may be too, so a stop has to reach the
 * whole group, as ^Z does in cooked mode; and it must be SIGSTOP, because the launcher catches SIGTSTP to
 * hand it on to us. But SIGSTOP also stops what nobody could continue: a group without a parent in another
 * group of the session, which the kernel would spare from SIGTSTP. Hence the look at the ancestors.
 */
/** Stops the process group, if whoever started it can continue it. */
final class JobControl {
    /** One line of /proc/PID/stat. */
    private record Stat(int parent, int group, int session) {}

    private JobControl() {}

    /** Whether a shell that knows of us could continue us. */
    static boolean canBeContinued() {
        Optional<Stat> self = stat("self");
        Optional<Stat> ancestor = self;
        while (ancestor.isPresent() && ancestor.get().group() == self.get().group()) {
            ancestor = stat(Integer.toString(ancestor.get().parent()));
        }
        return ancestor.isPresent() && ancestor.get().session() == self.get().session();
    }

    /** Comes back at once; the stop follows within moments. */
    static void stopGroup() {
        TtyCalls.kill(0, TtyCalls.SIGSTOP);
    }

    /** Also where the terminal controls no session, as under {@code su -c}: then nobody else claims it. */
    static boolean isForeground(int fd) {
        int group = TtyCalls.tcgetpgrp(fd);
        return group < 0 || group == TtyCalls.getpgrp();
    }

    private static Optional<Stat> stat(String pid) {
        try {
            String line = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", 5);
            return Optional.of(
                    new Stat(Integer.parseInt(fields[1]), Integer.parseInt(fields[2]), Integer.parseInt(fields[3])));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
