package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.TestRuns;
import bpfbay.model.Bytes;
import bpfbay.model.Problem;
import bpfbay.model.Verdict;
import java.time.Duration;

/** BPF_PROG_TEST_RUN by offset: {@code struct { … } test} of {@code union bpf_attr}. */
public final class LibbpfTestRuns implements TestRuns {
    private static final String OPERATION = "BPF_PROG_TEST_RUN";
    private static final int PROG_FD = 0;
    private static final int RETVAL = 4;
    private static final int DATA_SIZE_IN = 8;
    private static final int DATA_SIZE_OUT = 12;
    private static final int DATA_IN = 16;
    private static final int DATA_OUT = 24;
    private static final int REPEAT = 32;
    private static final int DURATION = 36;
    /* a program may make a packet longer: this much is not cut off */
    private static final int GROWTH = 4096;
    private static final int E2BIG = 7;

    private LibbpfTestRuns() {}

    /** Fails with KernelException.Unsupported where the shim is missing. */
    public static LibbpfTestRuns open() {
        NativeCode.require();
        return new LibbpfTestRuns();
    }

    @Override
    public Run run(Fd program, Verdict.Family family, Bytes packet) {
        byte[] bytes = packet.toArray();
        NativeBuffer in = new NativeBuffer(Math.max(1, bytes.length));
        NativeBuffer out = new NativeBuffer(bytes.length + GROWTH);
        in.view().put(0, bytes);
        try (BpfCall call = new BpfCall()) {
            int err = -call.u32(PROG_FD, program.number())
                    .u32(DATA_SIZE_IN, bytes.length)
                    .u32(DATA_SIZE_OUT, out.capacity())
                    .u64(DATA_IN, in.address())
                    .u64(DATA_OUT, out.address())
                    .u32(REPEAT, 1)
                    .run(BpfCall.PROG_TEST_RUN);
            if (err > 0) {
                throw refused(err, bytes.length);
            }
            int length = Math.min(call.u32At(DATA_SIZE_OUT), out.capacity());
            byte[] left = new byte[length];
            out.view().get(0, left);
            return new Run(
                    new Verdict(family, call.u32At(RETVAL)),
                    Bytes.copyOf(left),
                    Duration.ofNanos(Integer.toUnsignedLong(call.u32At(DURATION))));
        }
    }

    private static KernelException refused(int errno, int length) {
        String packet = "packet of " + length + " bytes";
        return switch (errno) {
            case Errno.ENOTSUPP, Errno.EOPNOTSUPP ->
                new KernelException.Unsupported(
                        new Problem(OPERATION, packet, errno, "programs of this type cannot be run for a test"));
            case Errno.EPERM ->
                new KernelException.Denied(new Problem(OPERATION, packet, errno, "needs CAP_NET_ADMIN and CAP_BPF"));
            case Errno.EINVAL ->
                new KernelException(new Problem(
                        OPERATION,
                        packet,
                        errno,
                        length < 14 ? "shorter than an Ethernet header" : "too short, or longer than it takes"));
            case E2BIG, Errno.ENOMEM ->
                new KernelException(new Problem(OPERATION, packet, errno, "longer than the kernel runs a test on"));
            default -> new KernelException(new Problem(OPERATION, packet, errno, ""));
        };
    }
}
