package bpfbay.kernel;

import bpfbay.model.ObjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What replacing a program takes: its one call, and the descriptors and pins that keep the way back. Calls
 * block in the kernel for microseconds to milliseconds; one thread at a time.
 */
public interface Swapper {
    /** Keeps the program alive until closed. Fails with Gone. */
    Fd program(int id);

    /** Keeps the map alive until closed, and the slots of a program array filled. Fails with Gone. */
    Fd map(int id);

    /** Which object a descriptor of a program, link or map holds. */
    ObjectId identify(Fd object);

    /** What stands at the place now. Gone where the place itself is no more. */
    Standing standing(SwapPlace place, int progId);

    /**
     * Replaces the expected program by the other, in one call that no packet can see half of. Fails with
     * Conflict where another program stands there (nothing was changed, or what was is put back), with Gone
     * where the place is no more, Held where a link has taken it, Denied, Unsupported, and otherwise with
     * the driver's refusal; the expected program is then still in its place.
     *
     * @param revision of the chain as the plan saw it; absent where the kernel has none or it does not matter
     */
    void replace(SwapPlace place, Fd expected, Fd other, OptionalLong revision);

    /** Every slot of a program array that holds a program. */
    List<Slot> slots(Fd programArray);

    /** Makes the pin, in a bpffs folder that is there; names must not hold a dot. Conflict where one is there. */
    void pin(Fd object, Path path);

    /** Lets an existing pin name another object; whoever opens it meanwhile finds one or the other. */
    void renewPin(Fd object, Path path);

    /** What a pin names. Gone where there is no such file; a base KernelException where it is no pin. */
    ObjectId pinned(Path path);

    /** The folder of bpfbay's own pins on a bpffs, made where it is missing. Fails with Unsupported or Denied. */
    Path pinFolder();

    /** The one device that the program was loaded for; empty for a program that may run on any. */
    Optional<Bound> boundTo(Fd program);

    /**
     * What stands at a place.
     *
     * @param progId absent where nothing stands there
     * @param position of the asked program in the chain, from 1; absent where it is not in it
     */
    record Standing(OptionalInt progId, OptionalInt position, OptionalLong revision) {}

    /** A device that is the only one for a program, as far as the kernel tells. */
    sealed interface Bound {
        /**
         * It runs the program itself.
         *
         * @param netns its inode
         */
        record Offloaded(long netns, int ifindex) implements Bound {}

        /**
         * The program reads the metadata of one device's packets (BPF_F_XDP_DEV_BOUND_ONLY, since 6.3), and which
         * one is told to nobody. One for the entries of a devmap or cpumap looks the same.
         */
        record Unnamed() implements Bound {}
    }

    /** One used slot of a program array. */
    record Slot(int index, int progId) {}
}
