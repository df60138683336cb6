package bpfbay.kernel.libbpf;

import static bpfbay.kernel.libbpf.GuardGround.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Member;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.Guardians.Probe;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.libbpf.GuardGround.Ready;
import bpfbay.model.ObjectId;
import bpfbay.testing.InNetns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The operator's own evidence: only success confirms, and failure undoes at once. */
@InNetns
class GuardProbeTest {
    private static final LibbpfSwapper SWAPPER = LibbpfSwapper.open();
    private static final Duration WINDOW = Duration.ofSeconds(4);

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
    void one_that_succeeds_twice_confirms() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(probed(place, "exit 0", Duration.ofSeconds(2)), WINDOW, place)) {
            GuardGround.awaitEnd(guard.pid());
            assertEquals("new", ground.standing(place));
            assertEquals(List.of("confirmed"), GuardGround.events(ground.journal()));
            assertEquals(2, runs());
        }
    }

    @Test
    void pins_that_are_carried_along_follow_where_they_still_name_the_old_program() throws IOException {
        Ready place = ground.ready();
        Path pin = Path.of("/sys/fs/bpf/carried");
        Path other = Path.of("/sys/fs/bpf/other");
        SWAPPER.pin(place.from(), pin);
        SWAPPER.pin(place.to(), other);
        Orders asked = probed(place, "exit 0", Duration.ofSeconds(2));
        Member member = place.member();
        Orders orders = new Orders(
                asked.swap(),
                asked.control(),
                asked.journals(),
                List.of(new Member(
                        member.ref(),
                        member.place(),
                        member.from(),
                        member.to(),
                        List.of(pin.toString(), other.toString(), "/sys/fs/bpf/none"))),
                asked.locks(),
                asked.probe());
        try (Guardian guard = ground.swapped(orders, WINDOW, place)) {
            GuardGround.awaitEnd(guard.pid());
        }
        assertEquals(ObjectId.prog(member.to()), SWAPPER.pinned(pin));
        assertEquals(ObjectId.prog(member.to()), SWAPPER.pinned(other));
        String line = Files.readString(ground.journal());
        assertTrue(
                line.contains("stays; pin " + pin + " names it now; pin " + other
                        + " was left alone; pin /sys/fs/bpf/none was not renewed: ENOENT"),
                line);
    }

    @Test
    void one_that_fails_undoes_at_once() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(probed(place, "exit 3", Duration.ofSeconds(30)), LONG, place)) {
            GuardGround.awaitEnd(guard.pid());
            assertUndoneBecause(place, " exited with 3");
            assertEquals(1, runs());
        }
    }

    @Tag("host")
    @Test
    void one_that_fails_the_second_time_undoes() throws IOException {
        Ready place = ground.ready();
        Orders orders = probed(place, "test $(wc -l <" + counted() + ") = 1", Duration.ofSeconds(2));
        try (Guardian guard = ground.swapped(orders, WINDOW, place)) {
            GuardGround.awaitEnd(guard.pid());
            assertUndoneBecause(place, " exited with 1");
            assertEquals(2, runs());
        }
    }

    @Tag("host")
    @Test
    void one_that_is_killed_undoes() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(probed(place, "kill -9 $$", Duration.ofSeconds(30)), LONG, place)) {
            GuardGround.awaitEnd(guard.pid());
            assertUndoneBecause(place, " was killed by signal 9");
        }
    }

    @Tag("host")
    @Test
    void one_that_hangs_is_ended_with_all_its_children_and_undoes() throws IOException {
        Ready place = ground.ready();
        Path children = ground.folder.resolve("children");
        Orders orders = probed(place, "sleep 1000 & echo $! >" + children + "; wait", Duration.ofSeconds(2));
        try (Guardian guard = ground.swapped(orders, LONG, place)) {
            GuardGround.awaitEnd(guard.pid());
            assertUndoneBecause(place, " did not end within 2000 ms");
            int child = Integer.parseInt(Files.readString(children).strip());
            GuardGround.await("its child is gone", () -> !GuardGround.isAlive(child));
        }
    }

    @Tag("host")
    @Test
    void it_is_not_run_before_the_swap_is_committed() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.guardians.start(probed(place, "exit 0", Duration.ofSeconds(30)))) {
            guard.arm(LONG);
            ground.swap(place);
            guard.arm(GuardGround.SHORT);
            GuardGround.awaitEnd(guard.pid());
            assertEquals("old", ground.standing(place));
            assertFalse(Files.exists(counted()));
        }
    }

    @Tag("host")
    @Test
    void one_that_cannot_be_run_is_refused_beforehand() throws IOException {
        Ready place = ground.ready();
        Orders orders = probed(place, "exit 0", Duration.ofSeconds(1));
        Files.setPosixFilePermissions(ground.folder.resolve("probe"), PosixFilePermissions.fromString("rw-------"));
        KernelException refused = assertThrows(KernelException.class, () -> ground.guardians.start(orders));
        assertEquals(
                "guard 20261121-114517-3f: EACCES — its probe " + ground.folder.resolve("probe"), refused.getMessage());
    }

    @Tag("host")
    @Test
    void the_operator_may_confirm_while_it_runs() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(probed(place, "sleep 1000", LONG), LONG, place)) {
            GuardGround.await("it runs", () -> Files.exists(counted()));
            guard.confirm();
            assertEquals("new", ground.standing(place));
        }
    }

    private Orders probed(Ready place, String script, Duration limit) throws IOException {
        Path probe = ground.folder.resolve("probe");
        Files.writeString(probe, "#!/bin/sh\necho run >>" + counted() + "\n" + script + "\n");
        Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwx------"));
        Orders orders = ground.orders(place);
        return new Orders(
                orders.swap(),
                orders.control(),
                orders.journals(),
                orders.members(),
                List.of(),
                Optional.of(new Probe(probe, limit)));
    }

    private void assertUndoneBecause(Ready place, String why) {
        assertEquals("old", ground.standing(place));
        assertEquals(List.of("reverting", "reverted"), GuardGround.events(ground.journal()));
        assertEquals(
                "probe " + ground.folder.resolve("probe") + why,
                GuardGround.lines(ground.journal()).get(0).get("detail").getAsString());
    }

    private Path counted() {
        return ground.folder.resolve("runs");
    }

    private int runs() throws IOException {
        return Files.readAllLines(counted()).size();
    }
}
