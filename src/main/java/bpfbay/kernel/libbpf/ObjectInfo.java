package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.nio.ByteBuffer;

/**
 * One {@code struct bpf_*_info}, asked of one descriptor: what is put in beforehand are the caller's
 * lengths and pointers, what stands in it afterwards is the kernel's answer.
 */
final class ObjectInfo {
    /* more than any kernel's; what it does not know must be zero */
    private static final int BYTES = 512;

    private final NativeBuffer info = new NativeBuffer(BYTES);
    private final BpfCall call = new BpfCall();

    /** All of it zero. */
    ObjectInfo clear() {
        ByteBuffer view = info.view();
        for (int at = 0; at < BYTES; at += Long.BYTES) {
            view.putLong(at, 0);
        }
        return this;
    }

    ObjectInfo u32(int offset, int value) {
        info.view().putInt(offset, value);
        return this;
    }

    ObjectInfo pointer(int offset, long address) {
        info.view().putLong(offset, address);
        return this;
    }

    /** BPF_OBJ_GET_INFO_BY_FD. */
    KernelStruct ask(Fd fd, String object) {
        int err = call.u32(0, fd.number()).u32(4, BYTES).u64(8, info.address()).run(BpfCall.OBJ_GET_INFO_BY_FD);
        if (err < 0) {
            throw new KernelException(new Problem("BPF_OBJ_GET_INFO_BY_FD", object, -err, ""));
        }
        return new KernelStruct(info.slice(BYTES));
    }
}
