package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import java.util.function.Consumer;

/** Asks for the facts of named objects, many in one call of the shim. */
final class ObjectInfos {
    private final NativeBuffer answer = new NativeBuffer(1 << 20);

    /** What of an object is asked. */
    enum Facts {
        ALL,
        /** What does not cost more than all the rest: not the memory of a program. */
        CHEAP
    }

    /** Each record in the order asked, those of vanished objects with their error. */
    void ask(ObjectId.Kind kind, int[] wanted, Consumer<InfoRecord> each) {
        ask(kind, Facts.ALL, wanted, each);
    }

    /** The same of only some facts; the others are as where the kernel does not tell them. */
    void ask(ObjectId.Kind kind, Facts facts, int[] wanted, Consumer<InfoRecord> each) {
        int done = 0;
        while (done < wanted.length) {
            int from = done;
            int filled = Filling.into(
                    answer,
                    (address, capacity) -> ObjectShim.shim_object_infos(
                            InfoRecord.number(kind), facts == Facts.ALL ? 1 : 0, wanted, from, address, capacity));
            if (filled < 0) {
                throw new KernelException(new Problem("BPF_OBJ_GET_INFO_BY_FD", kind.label(), -filled, ""));
            }
            done += visit(HostBytes.copyOf(answer.slice(filled)), each);
        }
    }

    private static int visit(HostBytes records, Consumer<InfoRecord> each) {
        int count = 0;
        for (int at = 0; at < records.length(); at += InfoRecord.sizeAt(records, at)) {
            each.accept(InfoRecord.at(records, at));
            count++;
        }
        return count;
    }

    /** An object that vanished, or a link that has not settled, is no problem: it is skipped. */
    static boolean isPassing(int error) {
        return error == Errno.ENOENT || error == Errno.EAGAIN;
    }
}
