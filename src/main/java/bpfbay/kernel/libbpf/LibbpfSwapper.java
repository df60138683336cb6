package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.ProgType;
import bpfbay.model.RawText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Replacing programs by native/swap.h, and what keeps the way back by bpf(2). */
public final class LibbpfSwapper implements Swapper {
    /** {@code struct swap_answer}. */
    static final int ANSWER_BYTES = 256;

    /** {@code struct swap_standing}. */
    static final int STANDING_BYTES = 16;

    private static final int ANSWER_RESTORED = 4;
    private static final int ANSWER_MESSAGE = 16;
    private static final int LOST_FOR_GOOD = 2;
    /* of struct bpf_prog_info */
    private static final int BOUND_IFINDEX = 80;
    private static final int BOUND_NETNS = 96;
    /* of union bpf_attr, for BPF_PROG_TEST_RUN */
    private static final int TEST_PROG_FD = 0;
    private static final int TEST_DATA_SIZE = 8;
    private static final int TEST_DATA = 16;
    private static final long NOWHERE = 1;

    private final NativeBuffer answer = new NativeBuffer(ANSWER_BYTES);
    private final NativeBuffer standing = new NativeBuffer(STANDING_BYTES);
    private final FdById fds = new FdById();
    private final ObjectInfo info = new ObjectInfo();
    private final MapCalls maps = new MapCalls();
    private final Pins pins = new Pins();

    private final String pinFolder;

    private LibbpfSwapper(String pinFolder) {
        this.pinFolder = pinFolder;
    }

    /** Fails with KernelException.Unsupported where the shim is missing. */
    public static LibbpfSwapper open() {
        return open("bpfbay");
    }

    /** With a folder of its own for its pins; the name holds no dot. */
    public static LibbpfSwapper open(String pinFolder) {
        NativeCode.require();
        return new LibbpfSwapper(pinFolder);
    }

    @Override
    public Fd program(int id) {
        return fds.program(id);
    }

    @Override
    public Fd map(int id) {
        return fds.wholeMap(id);
    }

    @Override
    public ObjectId identify(Fd object) {
        return pins.identify(object);
    }

    @Override
    public Standing standing(SwapPlace place, int progId) {
        try (PlaceBytes bytes = PlaceBytes.of(place)) {
            int err = SwapShim.shim_swap_read(bytes.address(), progId, standing.address());
            if (err != 0) {
                throw SwapRefusals.reading(place.primitive(), PlaceName.of(place), -err);
            }
            return new Standing(
                    known(standing.view().getInt(0)),
                    known(standing.view().getInt(4)),
                    revision(standing.view().getLong(8)));
        }
    }

    private static OptionalInt known(int number) {
        return number == 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static OptionalLong revision(long number) {
        return number == 0 ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public void replace(SwapPlace place, Fd expected, Fd other, OptionalLong revision) {
        try (PlaceBytes bytes = PlaceBytes.of(place)) {
            int err = SwapShim.shim_swap_replace(
                    bytes.address(), expected.number(), other.number(), revision.orElse(0), answer.address());
            if (err != 0) {
                throw refusal(place, -err);
            }
        }
    }

    private KernelException refusal(SwapPlace place, int errno) {
        byte[] text = new byte[ANSWER_BYTES - ANSWER_MESSAGE];
        answer.view().get(ANSWER_MESSAGE, text);
        KernelException refusal =
                SwapRefusals.replacing(place.primitive(), PlaceName.of(place), errno, RawText.decodeCString(text));
        boolean isLost = answer.view().getInt(ANSWER_RESTORED) == LOST_FOR_GOOD;
        return isLost ? new KernelException(refusal.problem()) : refusal;
    }

    @Override
    public List<Slot> slots(Fd programArray) {
        ObjectId object = identify(programArray);
        BpfMap map = MapDecoder.decode(object.id(), info.clear().ask(programArray, object.toString()));
        maps.prepare(map, Integer.BYTES);
        List<Slot> slots = new ArrayList<>();
        for (int i = 0; Integer.compareUnsigned(i, map.maxEntries()) < 0; i++) {
            maps.slot(i);
            int err = maps.lookUp(programArray);
            if (err == 0) {
                slots.add(new Slot(i, maps.number()));
            } else if (err != -Errno.ENOENT) {
                throw new KernelException(new Problem("BPF_MAP_LOOKUP_ELEM", object.toString(), -err, ""));
            }
        }
        return List.copyOf(slots);
    }

    @Override
    public void pin(Fd object, Path path) {
        Pins.make(object, path);
    }

    @Override
    public void renewPin(Fd object, Path path) {
        Pins.renew(object, path);
    }

    @Override
    public ObjectId pinned(Path path) {
        return pins.object(path);
    }

    @Override
    public Path pinFolder() {
        return PinFolder.make(pinFolder);
    }

    @Override
    public Optional<Bound> boundTo(Fd program) {
        KernelStruct told = info.clear().ask(program, "program");
        Optional<Bound> offloaded = bound(told);
        return offloaded.isEmpty() && told.u32(0) == ProgType.XDP.value() && isRefusedAnyRun(program)
                ? Optional.of(new Bound.Unnamed())
                : offloaded;
    }

    static Optional<Bound> bound(KernelStruct of) {
        int ifindex = of.u32(BOUND_IFINDEX);
        return ifindex == 0 ? Optional.empty() : Optional.of(new Bound.Offloaded(of.u64(BOUND_NETNS), ifindex));
    }

    /*
     * bpf_prog_info says nothing of BPF_F_XDP_DEV_BOUND_ONLY. A test run of such a program is EINVAL before
     * its packet is looked at, of any other EFAULT for a packet at no address: nothing is ever run.
     */
    private static boolean isRefusedAnyRun(Fd program) {
        try (BpfCall call = new BpfCall()) {
            int err = -call.u32(TEST_PROG_FD, program.number())
                    .u32(TEST_DATA_SIZE, 64)
                    .u64(TEST_DATA, NOWHERE)
                    .run(BpfCall.PROG_TEST_RUN);
            return err == Errno.EINVAL;
        }
    }
}
