package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.Holder;
import bpfbay.model.Holding;
import bpfbay.model.ObjectId;
import bpfbay.model.RawText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who holds what, by the task_file iterator. While its bytes stay the same, so does the instance. */
final class TaskFileHoldings {
    private static final ObjectId.Kind[] KINDS = ObjectId.Kind.values();

    private final Rows rows = new Rows(IteratorWalk.HOLDING_BYTES);
    private final Holders holders = new Holders();
    private final byte[] comm = new byte[16];
    private Listing<Holding> listing = Listing.of(List.of());

    Listing<Holding> read(IteratorWalk walk) {
        walk.holdings(rows);
        if (!rows.areUnchanged()) {
            listing = Listing.of(decode(rows.current(), rows.count()));
        }
        return listing;
    }

    /* a process may have many descriptors of one object, and more tables of descriptors than one */
    private List<Holding> decode(ByteBuffer bytes, int count) {
        Set<Holding> holdings = new LinkedHashSet<>(2 * count);
        holders.beginPass();
        for (int at = 0; at < count * IteratorWalk.HOLDING_BYTES; at += IteratorWalk.HOLDING_BYTES) {
            bytes.get(at + 24, comm);
            Holder holder = holders.holder(
                    bytes.getInt(at), Holders.ticks(bytes.getLong(at + 16)), RawText.decodeCString(comm));
            holdings.add(new Holding(new ObjectId(KINDS[bytes.getInt(at + 4)], bytes.getInt(at + 8)), holder));
        }
        return new ArrayList<>(holdings);
    }
}
