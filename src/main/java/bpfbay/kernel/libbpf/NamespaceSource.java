package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Listing;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetNamespace.Scope;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Every network namespace that can be reached: by /run/netns, by a process in it, by an nsfs mount. The
 * inode makes it one; as inodes come round again, cookies are asked anew at every change and from time to
 * time.
 */
final class NamespaceSource {
    /** {@code struct shim_ns_name}; the name stands behind. */
    static final int NAME_BYTES = 16;

    private static final String NAMES = "/run/netns";
    private static final int EXDEV = 18;
    private static final int ASK_AGAIN = 10;

    private final ProcessNamespaces processes;
    private final MountTables tables;
    private final Rows names = new Rows(8);
    private final NativeBuffer cookie = new NativeBuffer(8);
    private List<Mount> mounts = List.of();
    private Listing<NetNamespace> last = Listing.of(List.of());
    private int sinceAsked = ASK_AGAIN;

    NamespaceSource(ProcessNamespaces processes, MountTables tables) {
        this.processes = processes;
        this.tables = tables;
    }

    Listing<NetNamespace> read() {
        processes.walk();
        readNames();
        List<Mount> mountsNow = tables.read(processes);
        boolean isSame = processes.areUnchanged() && names.areUnchanged() && mountsNow == mounts;
        mounts = mountsNow;
        if (isSame && sinceAsked < ASK_AGAIN) {
            sinceAsked++;
            return last;
        }
        sinceAsked = 0;
        Listing<NetNamespace> now = listing();
        if (!now.equals(last)) {
            last = now;
        }
        return last;
    }

    private void readNames() {
        byte[] directory = RawPath.encode(NAMES);
        int filled = Filling.into(
                names.next(), (address, capacity) -> NamespaceShim.shim_netns_names(directory, address, capacity));
        names.filled(Math.max(0, filled));
    }

    private Listing<NetNamespace> listing() {
        Map<Long, List<String>> named = named();
        Map<Long, String> paths = paths(named);
        List<Problem> problems = new ArrayList<>();
        List<NetNamespace> all = new ArrayList<>();
        long own = processes.net(0);
        paths.forEach((inode, path) -> all.add(new NetNamespace(
                inode,
                cookie(path, inode, problems),
                named.getOrDefault(inode, List.of()),
                path,
                inode == own ? Scope.OWN : Scope.OTHER)));
        all.sort(NamespaceSource::compare);
        if (processes.denied() > 0) {
            problems.add(ProcAccess.problem(
                    "readlink", "/proc/*/ns/net", processes.denied(), "namespaces that only they are in are not seen"));
        }
        return new Listing<>(all, problems);
    }

    private static int compare(NetNamespace a, NetNamespace b) {
        int byScope = a.scope().compareTo(b.scope());
        return byScope == 0 ? a.label().compareTo(b.label()) : byScope;
    }

    private Map<Long, List<String>> named() {
        Map<Long, List<String>> named = new LinkedHashMap<>();
        ByteBuffer records = names.current();
        for (int at = 0; at < records.limit(); at += records.getInt(at)) {
            byte[] name = new byte[records.getInt(at) - NAME_BYTES];
            records.get(at + NAME_BYTES, name);
            named.computeIfAbsent(records.getLong(at + 8), inode -> new ArrayList<>())
                    .add(RawText.decodeCString(name));
        }
        named.values().forEach(list -> list.sort(null));
        return named;
    }

    /** By inode one file that leads there; a name lives longer than a process. */
    private Map<Long, String> paths(Map<Long, List<String>> named) {
        Map<Long, String> paths = new LinkedHashMap<>();
        paths.put(processes.net(0), "/proc/thread-self/ns/net");
        named.forEach((inode, list) -> paths.putIfAbsent(inode, NAMES + "/" + list.get(0)));
        for (int row = 1; row < processes.count(); row++) {
            if (processes.net(row) != 0) {
                paths.putIfAbsent(processes.net(row), processes.proc(row) + "/ns/net");
            }
        }
        for (Mount mount : mounts) {
            if (mount.root().startsWith("net:[")) {
                String digits = mount.root().substring(5, mount.root().length() - 1);
                paths.putIfAbsent(Long.parseUnsignedLong(digits), mount.path());
            }
        }
        return paths;
    }

    /** Absent before 5.14, and where the namespace may not be entered. */
    private OptionalLong cookie(String path, long inode, List<Problem> problems) {
        long err = NamespaceShim.shim_netns_cookie(RawPath.encode(path), inode, cookie.address());
        if (err == -EXDEV) {
            throw new IllegalStateException("setns: no way back to the own network namespace");
        }
        if (err == -Errno.EPERM && problems.isEmpty()) {
            problems.add(new Problem(
                    "setns", path, Errno.EPERM, "needs CAP_SYS_ADMIN: other namespaces cannot be looked into"));
        }
        return err < 0 ? OptionalLong.empty() : OptionalLong.of(cookie.view().getLong(0));
    }
}
