package bpfbay.kernel.libbpf;

import bpfbay.model.Holder;
import bpfbay.model.RawText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The processes that hold something, each as one instance as long as it lives under one name. What only
 * /proc says of a process is read once.
 */
final class Holders {
    /* the kernel prints times of processes in hundredths of a second on every architecture (USER_HZ) */
    private static final long NS_PER_TICK = 10_000_000L;

    private record Key(int pid, long startTicks, String comm) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && that.pid == pid
                    && that.startTicks == startTicks
                    && that.comm.equals(comm);
        }

        @Override
        public int hashCode() {
            return 31 * pid + Long.hashCode(startTicks);
        }
    }

    private Map<Key, Holder> known = new HashMap<>();
    private Map<Key, Holder> seen = new HashMap<>();

    /** A new pass begins: who is not asked for until the next one is forgotten. */
    void beginPass() {
        known = seen;
        seen = new HashMap<>();
    }

    Holder holder(int pid, long startTicks, String comm) {
        Key key = new Key(pid, startTicks, comm);
        Holder there = seen.get(key);
        if (there == null) {
            there = known.get(key);
            if (there == null) {
                there = read(pid, startTicks, comm);
            }
            seen.put(key, there);
        }
        return there;
    }

    /** Of {@code task_struct.start_boottime}, as /proc/PID/stat has it. */
    static long ticks(long startBoottime) {
        return Long.divideUnsigned(startBoottime, NS_PER_TICK);
    }

    private static Holder read(int pid, long startTicks, String comm) {
        Path proc = Path.of("/proc", Integer.toString(pid));
        Optional<CgroupFile> file = Optional.empty();
        try {
            String text = RawText.decode(Files.readAllBytes(proc.resolve("cgroup")));
            /* another process by now, or /proc is that of another pid namespace */
            if (startTicks(RawText.decode(Files.readAllBytes(proc.resolve("stat")))) == startTicks) {
                file = Optional.of(CgroupFile.parse(text));
            }
        } catch (IOException gone) {
            file = Optional.empty();
        }
        return new Holder(
                pid,
                startTicks,
                comm,
                file.flatMap(CgroupFile::unified),
                file.flatMap(CgroupFile::unit),
                file.flatMap(CgroupFile::container));
    }

    /** Field 22 of /proc/PID/stat; the second field is a name in parentheses which may hold anything. */
    static long startTicks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
        return Long.parseUnsignedLong(fields[19]);
    }
}
