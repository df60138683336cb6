package bpfbay.kernel.libbpf;

import static bpfbay.kernel.libbpf.GuardGround.LONG;
import static bpfbay.kernel.libbpf.GuardGround.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians.Ending;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Guardians.Status.Phase;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Primitive;
import bpfbay.kernel.libbpf.GuardGround.Ready;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a swap that a guard watches. */
@InNetns(needs = Feature.TCX)
class GuardTest {
    /* open before descriptors are counted */
    private static final LibbpfSwapper SWAPPER = LibbpfSwapper.open();

    private GuardGround ground;

    @BeforeEach
    void begin() {
        ground = new GuardGround(SWAPPER);
    }

    @AfterEach
    void end() {
        ground.close();
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NETKIT_LINK", "NETKIT_PROGRAM"},
            mode = EnumSource.Mode.EXCLUDE)
    void at_the_deadline_the_old_program_is_back(Primitive primitive) {
        Ready place = ground.ready(primitive);
        try (Guardian guard = ground.swapped(LONG, place)) {
            guard.arm(SHORT);
            GuardGround.awaitEnd(guard.pid());
            assertEquals("old", ground.standing(place));
            assertEquals(List.of("reverting", "reverted"), GuardGround.events(ground.journal()));
            assertFalse(Files.exists(ground.control()));
            assertEquals(Phase.ENDED, guard.status().phase());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"NETKIT_LINK", "NETKIT_PROGRAM"})
    @InNetns(needs = Feature.NETKIT)
    void of_netkit_as_well(Primitive primitive) {
        at_the_deadline_the_old_program_is_back(primitive);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NETKIT_LINK", "NETKIT_PROGRAM"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_third_partys_program_is_left_alone(Primitive primitive) {
        Ready place = ground.ready(primitive);
        try (Guardian guard = ground.swapped(LONG, place)) {
            Fd theirs = primitive.name().startsWith("XDP")
                    ? ground.xdp("theirs")
                    : primitive.name().startsWith("CGROUP") ? ground.skb("theirs") : ground.tc("theirs");
            ground.swapper.replace(place.member().place(), place.to(), theirs, OptionalLong.empty());
            Ending ending = guard.revert();
            assertEquals(Ending.Kind.STALE, ending.kind(), ending.toString());
            assertEquals("neither", ground.standing(place));
            assertEquals(
                    GuardGround.id(theirs),
                    ground.swapper
                            .standing(place.member().place(), GuardGround.id(theirs))
                            .progId()
                            .orElseThrow());
            assertEquals(List.of("reverting", "stale"), GuardGround.events(ground.journal()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_pins_of_the_way_back_go_with_the_need_for_it(boolean isUndone) throws IOException {
        Ready place = ground.ready();
        Path pins = Files.createDirectory(Path.of("/sys/fs/bpf/way-back"));
        ground.swapper.pin(place.from(), pins.resolve("old-0"));
        ground.swapper.pin(place.to(), pins.resolve("new-0"));
        Orders bare = ground.orders(place);
        Orders orders = new Orders(
                bare.swap(),
                bare.control(),
                bare.journals(),
                bare.members(),
                bare.locks(),
                bare.probe(),
                Optional.of(pins));
        try (Guardian guard = ground.swapped(orders, LONG, place)) {
            Ending ending = isUndone ? guard.revert() : guard.confirm();
            assertEquals(isUndone ? Ending.Kind.REVERTED : Ending.Kind.CONFIRMED, ending.kind());
            assertEquals(!isUndone, Files.exists(pins.resolve("old-0")));
            assertEquals(!isUndone, Files.exists(pins));
        }
    }

    @Test
    void a_confirmed_swap_stays() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place);
                Guardian found = ground.guardians.find(ground.control()).orElseThrow()) {
            assertEquals(guard.pid(), found.pid());
            assertEquals(Phase.COMMITTED, found.status().phase());
            assertEquals(
                    new Ending(
                            Ending.Kind.CONFIRMED,
                            List.of("place1: new #" + place.member().to() + " stays")),
                    found.confirm());
            assertEquals("new", ground.standing(place));
            assertEquals(List.of("confirmed"), GuardGround.events(ground.journal()));
            GuardGround.awaitEnd(guard.pid());
            assertTrue(ground.guardians.find(ground.control()).isEmpty());
            assertEquals(Ending.Kind.CONFIRMED, guard.revert().kind(), "the starter hears of it, too");
        }
        assertEquals("new", ground.standing(place));
    }

    @Test
    void it_is_undone_at_once_when_asked() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            assertEquals(
                    new Ending(
                            Ending.Kind.REVERTED,
                            List.of("place1: old #" + place.member().from() + " is back")),
                    guard.revert());
            assertEquals("old", ground.standing(place));
        }
    }

    @Test
    void one_that_is_dismissed_leaves_no_trace() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            guard.dismiss();
            ground.assertNoTraceOf(guard.pid());
            assertEquals("new", ground.standing(place));
            KernelException.Gone gone = assertThrows(KernelException.Gone.class, guard::confirm);
            assertEquals("guard 20261121-114517-3f: EPIPE — it was dismissed before", gone.getMessage());
        }
    }

    @Test
    void one_whose_starter_ends_before_it_is_armed_leaves_no_trace() {
        Guardian guard = ground.guardians.start(ground.orders(ground.ready()));
        guard.close();
        ground.assertNoTraceOf(guard.pid());
    }

    @Test
    void one_whose_starter_ends_when_it_is_armed_goes_on_alone() {
        Ready place = ground.ready();
        Guardian guard = ground.guardians.start(ground.orders(place));
        guard.arm(LONG);
        ground.swap(place);
        guard.arm(SHORT);
        guard.close();
        GuardGround.awaitEnd(guard.pid());
        assertEquals("old", ground.standing(place));
    }

    @Test
    void where_nothing_was_swapped_nothing_is_undone() {
        Ready place = ground.ready();
        try (Guardian guard = ground.guardians.start(ground.orders(place))) {
            guard.arm(LONG);
            Ending ending = guard.revert();
            assertEquals(Ending.Kind.REVERTED, ending.kind());
            assertEquals(List.of("place1: old #" + place.member().from() + " stands there"), ending.places());
        }
    }

    @Tag("host")
    @Test
    void a_device_that_is_gone_is_said_to_be() {
        Ready place = ground.ready(Primitive.XDP_NETLINK);
        try (Guardian guard = ground.swapped(LONG, place)) {
            Tool.run("ip", "link", "del", "v0");
            assertEquals(new Ending(Ending.Kind.STALE, List.of("place1: the device is gone")), guard.revert());
        }
    }

    @Tag("host")
    @Test
    void a_device_that_is_renamed_is_found() {
        Ready place = ground.ready(Primitive.XDP_NETLINK);
        try (Guardian guard = ground.swapped(LONG, place)) {
            Tool.run("ip", "link", "set", "v0", "name", "elsewhere");
            assertEquals(Ending.Kind.REVERTED, guard.revert().kind());
            assertEquals("old", ground.standing(place));
        }
    }

    @Tag("host")
    @Test
    void the_owner_of_a_link_can_end_it_inside_the_window() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            ground.letGo();
            assertEquals(
                    new Ending(Ending.Kind.STALE, List.of("place1: the link is gone, and its program with it")),
                    guard.revert());
        }
    }

    @Tag("host")
    @Test
    void it_holds_programs_that_nobody_else_does() {
        Ready place = ground.ready(Primitive.XDP_NETLINK);
        try (Guardian guard = ground.swapped(LONG, place)) {
            ground.letGo();
            assertEquals(Ending.Kind.REVERTED, guard.revert().kind());
            assertEquals("old", ground.standing(place));
        }
    }

    @Tag("host")
    @Test
    void of_a_group_each_place_has_its_own_end() {
        Ready first = ground.ready();
        Ready second = ground.ready(Primitive.XDP_NETLINK);
        try (Guardian guard = ground.swapped(LONG, first, second)) {
            ground.swapper.replace(second.member().place(), second.to(), ground.xdp("theirs"), OptionalLong.empty());
            Ending ending = guard.revert();
            assertEquals(Ending.Kind.STALE, ending.kind());
            assertEquals(
                    "place1: old #" + first.member().from() + " is back",
                    ending.places().get(0));
            assertTrue(ending.places().get(1).endsWith("of somebody else stands there, left alone"));
            assertEquals("old", ground.standing(first));
            assertEquals(List.of("reverting", "reverting", "reverted", "stale"), GuardGround.events(ground.journal()));
        }
    }

    @Tag("host")
    @Test
    void half_a_group_is_not_confirmed() {
        Ready first = ground.ready();
        Ready second = ground.ready();
        Guardian starter = ground.guardians.start(ground.orders(first, second));
        starter.arm(LONG);
        ground.swap(first);
        try (Guardian found = ground.guardians.find(ground.control()).orElseThrow()) {
            KernelException busy = assertThrows(KernelException.class, found::confirm);
            assertEquals("guard control: EBUSY — the swap is still being made", busy.getMessage());
            starter.close();
            KernelException half = assertThrows(KernelException.class, found::confirm);
            assertEquals(
                    "guard control: ESTALE — bpfbay ended before all of it was swapped: revert it", half.getMessage());
            assertEquals(Ending.Kind.REVERTED, found.revert().kind());
        }
        assertEquals("old", ground.standing(first));
        assertEquals("old", ground.standing(second));
    }

    @Tag("host")
    @Test
    void a_whole_group_can_be_confirmed_after_its_starters_death() {
        Ready place = ground.ready();
        Guardian starter = ground.guardians.start(ground.orders(place));
        starter.arm(LONG);
        ground.swap(place);
        starter.close();
        try (Guardian found = ground.guardians.find(ground.control()).orElseThrow()) {
            GuardGround.await("the guard sees that it is alone", () -> isConfirmed(found));
        }
        assertEquals("new", ground.standing(place));
    }

    private static boolean isConfirmed(Guardian guard) {
        try {
            return guard.confirm().kind() == Ending.Kind.CONFIRMED;
        } catch (KernelException.Gone gone) {
            throw gone;
        } catch (KernelException notYet) {
            return false;
        }
    }

    @Tag("host")
    @Test
    void a_second_arming_moves_the_deadline() {
        Ready place = ground.ready();
        try (Guardian guard = ground.guardians.start(ground.orders(place))) {
            guard.arm(LONG);
            ground.swap(place);
            guard.arm(SHORT);
            GuardGround.awaitEnd(guard.pid());
        }
        assertEquals("old", ground.standing(place));
    }

    @Tag("host")
    @Test
    void windows_that_make_no_sense_are_refused() {
        try (Guardian guard = ground.guardians.start(ground.orders(ground.ready()))) {
            for (Duration absurd : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(400))) {
                KernelException refused = assertThrows(KernelException.class, () -> guard.arm(absurd));
                assertEquals(
                        "guard 20261121-114517-3f: ERANGE — a window is between 1 ms and 366 days",
                        refused.getMessage());
            }
            assertEquals(Phase.STANDING, guard.status().phase());
        }
    }

    @Tag("host")
    @Test
    void nobody_is_found_at_a_dead_socket_or_none() throws Exception {
        assertTrue(ground.guardians.find(ground.control()).isEmpty());
        Files.createFile(ground.control());
        assertTrue(ground.guardians.find(ground.control()).isEmpty());
    }

    @Tag("host")
    @Test
    void at_one_that_is_stopped_nobody_waits_however_many_have_come() {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(ground.orders(place), LONG, place)) {
            Tool.run("kill", "-STOP", Integer.toString(guard.pid()));
            KernelException refused = assertThrows(KernelException.class, () -> {
                for (int i = 0; i < 100; i++) {
                    MessageSocket.connect(ground.control()).close();
                }
            });
            assertEquals("connect " + ground.control() + ": ETIMEDOUT — it does not answer", refused.getMessage());
            Tool.run("kill", "-CONT", Integer.toString(guard.pid()));
            assertEquals(Ending.Kind.REVERTED, guard.revert().kind());
        }
    }

    @Tag("host")
    @Test
    void a_folder_may_have_a_path_longer_than_an_address() throws Exception {
        Path deep =
                Files.createDirectories(ground.folder.resolve("d".repeat(100)).resolve("e".repeat(100)));
        Ready place = ground.ready();
        Orders orders = ground.orders(place);
        Path control = deep.resolve("20261121-114517-3f");
        try (Guardian guard = ground.swapped(
                        new Orders(
                                orders.swap(),
                                control,
                                orders.journals(),
                                orders.members(),
                                List.of(),
                                Optional.empty()),
                        LONG,
                        place);
                Guardian found = ground.guardians.find(control).orElseThrow()) {
            assertEquals(guard.pid(), found.pid());
            assertEquals(Ending.Kind.REVERTED, found.revert().kind());
        }
        assertFalse(Files.exists(control));
    }

    @Tag("host")
    @Test
    void orders_that_it_cannot_carry_out_are_refused_in_one_line() {
        Ready place = ground.ready(Primitive.XDP_NETLINK);
        ground.letGo();
        KernelException refused =
                assertThrows(KernelException.class, () -> ground.guardians.start(ground.orders(place)));
        assertEquals("guard 20261121-114517-3f: ENOENT — place1: the new program", refused.getMessage());
    }
}
