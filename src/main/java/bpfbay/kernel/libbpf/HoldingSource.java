package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.Holder;
import bpfbay.model.Holding;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.RawText;
import bpfbay.model.Reading;
import bpfbay.model.Relations;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who holds what. While the walk's bytes stay the same, so does the instance. */
final class HoldingSource {
    private final Rows rows = new Rows(Rows.HOLDING_BYTES);
    private final Holders holders = new Holders();
    private final byte[] comm = new byte[16];
    private Listing<Holding> listing = Listing.of(List.of());
    private Reading<Relations.Scan> scan = new Reading.NotAsked<>("holders were not asked for");
    private int lastDenied;
    private boolean isMissingPrivilege;

    Listing<Holding> read(HoldingWalk walk) {
        int denied = walk.holdings(rows);
        List<Problem> problems = problems(denied, walk.drawbacks());
        if (!rows.areUnchanged() || !problems.equals(listing.problems())) {
            listing = new Listing<>(decode(rows.current(), rows.count()), problems);
        }
        if (denied != lastDenied) {
            isMissingPrivilege = denied > 0 && !ProcAccess.isPrivileged();
        }
        lastDenied = denied;
        scan = isMissingPrivilege ? new Reading.Denied<>("CAP_SYS_PTRACE") : Reading.of(walk.way());
        return listing;
    }

    /** How the last answer was found, or why not all holders could be. */
    Reading<Relations.Scan> scan() {
        return scan;
    }

    /* a process may have many descriptors of one object, and more tables of descriptors than one */
    private List<Holding> decode(ByteBuffer bytes, int count) {
        Set<Holding> holdings = new LinkedHashSet<>(2 * count);
        holders.beginPass();
        for (int at = 0; at < count * Rows.HOLDING_BYTES; at += Rows.HOLDING_BYTES) {
            bytes.get(at + 24, comm);
            Holder holder = holders.holder(
                    bytes.getInt(at), Holders.ticks(bytes.getLong(at + 16)), RawText.decodeCString(comm));
            holdings.add(
                    new Holding(new ObjectId(InfoRecord.kind(bytes.getInt(at + 4)), bytes.getInt(at + 8)), holder));
        }
        return new ArrayList<>(holdings);
    }

    private static List<Problem> problems(int denied, List<Problem> drawbacks) {
        if (denied == 0) {
            return drawbacks;
        }
        List<Problem> problems = new ArrayList<>(drawbacks);
        problems.add(ProcAccess.problem("readlink", "/proc/*/fd", denied, "owners among them are not seen"));
        return problems;
    }
}
