package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/** Single pins: made, renewed, and asked what they name. */
final class Pins {
    private final NativeBuffer pin = new NativeBuffer(BpffsCalls.PIN_BYTES);

    static void make(Fd object, Path path) {
        byte[] text = RawPath.encode(path.toString());
        try (BpfCall call = new BpfCall();
                Memory name = new Memory(text.length)) {
            name.write(0, text, 0, text.length);
            int err = call.u64(0, Pointer.nativeValue(name))
                    .u32(8, object.number())
                    .run(BpfCall.OBJ_PIN);
            if (err < 0) {
                throw notPinned(new Problem("BPF_OBJ_PIN", path.toString(), -err, hint(-err)));
            }
        }
    }

    /** The file keeps its mode and owner. */
    static void renew(Fd object, Path path) {
        int err = SwapShim.shim_pin_renew(object.number(), RawPath.encode(path.toString()));
        if (err == -Errno.ENOENT) {
            throw new KernelException.Gone(new Problem("BPF_OBJ_PIN", path.toString(), -err, "there is no such pin"));
        }
        if (err < 0) {
            throw notPinned(new Problem("BPF_OBJ_PIN", path.toString(), -err, hint(-err)));
        }
    }

    private static KernelException notPinned(Problem problem) {
        return switch (problem.errno()) {
            case Errno.EEXIST -> new KernelException.Conflict(problem);
            case Errno.EACCES -> new KernelException.Denied(problem);
            default -> new KernelException(problem);
        };
    }

    private static String hint(int errno) {
        return switch (errno) {
            case Errno.EEXIST -> "the name is taken";
            case Errno.EPERM -> "not on a bpffs, or the name holds a dot";
            case Errno.ENOENT -> "there is no such directory";
            case Errno.EACCES -> "the directory may not be written";
            default -> "";
        };
    }

    ObjectId identify(Fd object) {
        int err = BpffsShim.shim_fd_identify(object.number(), pin.address());
        if (err < 0) {
            throw new KernelException(new Problem(
                    "BPF_OBJ_GET_INFO_BY_FD", "fd " + object.number(), -err, "no program, link or map is open there"));
        }
        return read();
    }

    ObjectId object(Path path) {
        byte[] text = RawPath.encode(path.toString());
        try (Memory name = new Memory(text.length)) {
            name.write(0, text, 0, text.length);
            BpffsShim.shim_bpffs_identify(Pointer.nativeValue(name), 1, pin.address(), BpffsCalls.PIN_BYTES);
        }
        int errno = pin.view().getInt(8);
        if (errno == 0) {
            return read();
        }
        throw notOpened(path.toString(), errno);
    }

    private ObjectId read() {
        return new ObjectId(InfoRecord.kind(pin.view().getInt(0)), pin.view().getInt(4));
    }

    private static KernelException notOpened(String path, int errno) {
        String operation = "BPF_OBJ_GET";
        return switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR ->
                new KernelException.Gone(new Problem(operation, path, errno, "there is no such file"));
            case Errno.EPERM -> new KernelException(new Problem(operation, path, errno, "it is not on a bpffs"));
            case Errno.EACCES ->
                new KernelException(new Problem(operation, path, errno, "it is no pin, or may not be opened"));
            default -> new KernelException(new Problem(operation, path, errno, "it is no pin"));
        };
    }
}
