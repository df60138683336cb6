package bpfbay.kernel.libbpf;

import static bpfbay.kernel.libbpf.GuardGround.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians.Ending;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Swapper.Slot;
import bpfbay.kernel.libbpf.GuardGround.Ready;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A program array empties with its last descriptor, though a program uses it: the guard keeps it filled. */
@InNetns
class GuardTailCallTest {
    private static final LibbpfSwapper SWAPPER = LibbpfSwapper.open();
    private static final int BPF_MAP_TYPE_PROG_ARRAY = 3;
    private static final int SLOT = 5;

    private GuardGround ground;

    @BeforeEach
    void begin() {
        ground = new GuardGround(SWAPPER);
    }

    @AfterEach
    void end() {
        ground.close();
    }

    @Test
    void tail_calls_of_both_programs_survive_their_owner() {
        Fd old = array();
        Fd other = array();
        Fd called = ground.xdp("called");
        fill(old, called);
        fill(other, called);
        Ready place = ground.ready(ground.xdp("old", old.number()), ground.xdp("new", other.number()));
        int oldId = GuardGround.id(old);
        int otherId = GuardGround.id(other);
        List<Slot> filled = List.of(new Slot(SLOT, GuardGround.id(called)));
        try (Guardian guard = ground.swapped(LONG, place)) {
            ground.letGo();
            assertEquals(filled, slots(oldId));
            assertEquals(filled, slots(otherId));
            assertEquals(
                    List.of("place1: old #" + place.member().from() + " is back"),
                    guard.revert().places());
        }
    }

    @Test
    void a_slot_that_was_emptied_meanwhile_is_said_to_be() {
        Fd array = array();
        Fd called = ground.xdp("called");
        fill(array, called);
        Ready place = ground.ready(ground.xdp("old", array.number()), ground.xdp("new"));
        try (Guardian guard = ground.swapped(LONG, place)) {
            RawBpf.deleteElement(array.number(), bytes(SLOT));
            assertEquals(
                    new Ending(
                            Ending.Kind.REVERTED,
                            List.of("place1: old #" + place.member().from() + " is back; slot " + SLOT
                                    + " of its program array #" + GuardGround.id(array) + ", which held #"
                                    + GuardGround.id(called) + ", is empty")),
                    guard.revert());
        }
    }

    private Fd array() {
        return ground.hold(RawBpf.createMap(BPF_MAP_TYPE_PROG_ARRAY, 4, 4, 8, "calls"));
    }

    private static void fill(Fd array, Fd called) {
        RawBpf.updateElement(array.number(), bytes(SLOT), bytes(called.number()));
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }

    private List<Slot> slots(int mapId) {
        try (Fd map = SWAPPER.map(mapId)) {
            return SWAPPER.slots(map);
        }
    }
}
