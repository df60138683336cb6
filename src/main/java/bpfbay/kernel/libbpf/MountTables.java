package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bpffs and nsfs mounts of every mount namespace, the own one first. A table costs the kernel about a
 * microsecond a mount, so those of others are read again only from time to time and when a namespace
 * comes or goes.
 */
final class MountTables {
    private static final Set<String> TYPES = Set.of("bpf", "nsfs");
    private static final int READ_AGAIN = 10;

    private final RawFile file = new RawFile();
    private Map<Long, Table> tables = new LinkedHashMap<>();
    private List<Mount> last = List.of();
    private int sinceRead = READ_AGAIN;

    /** A mount namespace's mounts, by the process that shows them, and the bytes they were read from. */
    private record Table(String proc, ByteBuffer bytes, List<Mount> mounts) {
        /** The mounts follow from the bytes. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Table that && that.proc.equals(proc) && that.bytes.equals(bytes);
        }

        @Override
        public int hashCode() {
            return proc.hashCode();
        }
    }

    /** The same instance while nothing has changed. */
    List<Mount> read(ProcessNamespaces processes) {
        boolean isDue = sinceRead >= READ_AGAIN || !processes.areUnchanged();
        sinceRead = isDue ? 0 : sinceRead + 1;
        Map<Long, Table> now = new LinkedHashMap<>();
        for (int row = 0; row < processes.count(); row++) {
            long inode = processes.mount(row);
            if (inode != 0 && !now.containsKey(inode)) {
                Table known = tables.get(inode);
                boolean isKept = row != 0 && !isDue && known != null;
                now.put(inode, isKept ? known : table(processes, row, known));
            }
        }
        if (!now.equals(tables)) {
            tables = now;
            List<Mount> all = new ArrayList<>();
            tables.values().forEach(table -> all.addAll(table.mounts()));
            last = List.copyOf(all);
        }
        return last;
    }

    private Table table(ProcessNamespaces processes, int row, @Nullable Table known) {
        String proc = processes.proc(row);
        ByteBuffer text = file.read(proc + "/mountinfo");
        if (known != null && known.proc().equals(proc) && text.equals(known.bytes())) {
            return known;
        }
        byte[] bytes = new byte[text.limit()];
        text.get(0, bytes);
        String prefix = processes.pid(row) == 0 ? "" : proc + "/root";
        return new Table(proc, ByteBuffer.wrap(bytes), Mount.parse(RawText.decode(bytes), prefix, TYPES));
    }
}
