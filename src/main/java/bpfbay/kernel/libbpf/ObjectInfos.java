package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.List;
import java.util.function.Consumer;

/** Asks for the facts of named objects, or of all, many in one call of the shim. */
final class ObjectInfos {
    private final NativeBuffer answer;

    ObjectInfos() {
        this(1 << 20);
    }

    /** @param room in bytes at first; an answer that needs more comes in parts */
    ObjectInfos(int room) {
        answer = new NativeBuffer(room);
    }

    /** Each record in the order asked, those of vanished objects with their error. */
    void ask(ObjectId.Kind kind, int[] wanted, Consumer<InfoRecord> each) {
        int done = 0;
        while (done < wanted.length) {
            int from = done;
            int filled = Filling.into(
                    answer,
                    (address, capacity) ->
                            ObjectShim.shim_object_infos(InfoRecord.number(kind), wanted, from, address, capacity));
            if (filled < 0) {
                throw new KernelException(new Problem("BPF_OBJ_GET_INFO_BY_FD", kind.label(), -filled, ""));
            }
            done += visit(HostBytes.copyOf(answer.slice(filled)), each);
        }
    }

    /**
     * Each record of all objects, by id; of one that goes meanwhile its error. Without the memory of programs,
     * which costs more than all the rest.
     */
    void all(ObjectId.Kind kind, Consumer<InfoRecord> each) {
        int[] last = {0};
        int filled;
        do {
            filled = Filling.into(
                    answer,
                    (address, capacity) ->
                            ObjectShim.shim_objects(InfoRecord.number(kind), last[0], address, capacity));
            if (filled < 0) {
                throw IdWalk.refused(kind, -filled);
            }
            visit(HostBytes.copyOf(answer.slice(filled)), record -> {
                last[0] = record.id();
                each.accept(record);
            });
        } while (filled > 0);
    }

    private static int visit(HostBytes records, Consumer<InfoRecord> each) {
        int count = 0;
        for (int at = 0; at < records.length(); at += InfoRecord.sizeAt(records, at)) {
            each.accept(InfoRecord.at(records, at));
            count++;
        }
        return count;
    }

    /** Why there are no facts of one, where that is a problem. */
    static void note(InfoRecord record, List<Problem> problems) {
        if (!isPassing(record.error())) {
            String operation = "BPF_" + record.kind() + "_GET_FD_BY_ID";
            problems.add(
                    new Problem(operation, new ObjectId(record.kind(), record.id()).toString(), record.error(), ""));
        }
    }

    /** An object that vanished, or a link that has not settled, is no problem: it is skipped. */
    static boolean isPassing(int error) {
        return error == Errno.ENOENT || error == Errno.EAGAIN;
    }
}
