package bpfbay.kernel.libbpf;

import static bpfbay.kernel.libbpf.GuardGround.LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Guardians.Ending;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.Guardians.Member;
import bpfbay.kernel.Guardians.Orders;
import bpfbay.kernel.libbpf.GuardGround.Ready;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guard writes down, and that no journal keeps it from undoing. */
@InNetns
class GuardJournalTest {
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

    @Test
    void a_line_says_who_did_what_when_and_why() throws IOException {
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(LONG, place)) {
            guard.revert();
            JsonObject first = GuardGround.lines(ground.journal()).get(0);
            assertEquals(
                    Set.of(
                            "schema",
                            "boot_id",
                            "at",
                            "swap",
                            "event",
                            "member",
                            "ref",
                            "primitive",
                            "from",
                            "to",
                            "link_id",
                            "by",
                            "detail"),
                    first.keySet());
            assertEquals("bpfbay/journal/1", first.get("schema").getAsString());
            assertEquals(
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(),
                    first.get("boot_id").getAsString());
            Instant at = Instant.parse(first.get("at").getAsString());
            assertTrue(at.isBefore(Instant.now()) && at.isAfter(Instant.now().minusSeconds(60)), at.toString());
            assertEquals(
                    "BPF_LINK_UPDATE, expected program", first.get("primitive").getAsString());
            JsonObject from = first.getAsJsonObject("from");
            assertEquals(place.member().from(), from.get("prog_id").getAsInt());
            assertEquals("old", from.get("prog_name").getAsString());
            assertEquals(
                    Tool.json(
                                    "bpftool",
                                    "-j",
                                    "prog",
                                    "show",
                                    "id",
                                    Integer.toString(place.member().from()))
                            .getAsJsonObject()
                            .get("tag")
                            .getAsString(),
                    from.get("tag").getAsString());
            JsonObject by = first.getAsJsonObject("by");
            assertEquals(guard.pid(), by.get("pid").getAsInt());
            assertEquals("bpfbay-guard", by.get("comm").getAsString());
            assertEquals(System.getProperty("user.name"), by.get("user").getAsString());
            assertEquals(
                    "asked for by pid " + ProcessHandle.current().pid() + ", uid 0",
                    first.get("detail").getAsString());
        }
    }

    /* a byte that is no UTF-8, a quote, a line's end, an escape, a bidi control, and letters */
    @Test
    void strings_stand_as_json_has_them() throws IOException {
        String odd = "cgroup:/a\udcff\"\\\n\u001b[31m\u202eé\u65e5\ud83d\ude00\udc80";
        Ready place = ground.ready();
        Orders orders = ground.orders(place);
        Member member = new Member(
                odd,
                place.member().place(),
                place.member().from(),
                place.member().to());
        Orders named = new Orders(
                orders.swap(), orders.control(), orders.journals(), List.of(member), List.of(), orders.probe());
        try (Guardian guard = ground.swapped(named, LONG, place)) {
            assertEquals(
                    List.of(odd + ": old #" + place.member().from() + " is back"),
                    guard.revert().places());
        }
        assertEquals(odd, GuardGround.lines(ground.journal()).get(0).get("ref").getAsString());
        assertTrue(Files.readString(ground.journal())
                .contains("cgroup:/a\\udcff\\\"\\\\\\u000a\\u001b[31m\\u202eé\u65e5\ud83d\ude00\\udc80"));
    }

    @Tag("host")
    @Test
    void lines_are_put_behind_what_is_there() throws IOException {
        Files.writeString(ground.journal(), "{\"event\":\"committed\"}\n");
        try (Guardian guard = ground.swapped(LONG, ground.ready())) {
            guard.revert();
        }
        assertEquals(List.of("committed", "reverting", "reverted"), GuardGround.events(ground.journal()));
    }

    @Tag("host")
    @ParameterizedTest
    @ValueSource(strings = {"full", "missing", "hanging", "folder"})
    void where_one_cannot_be_written_the_next_is(String trouble) throws IOException {
        Path bad = bad(trouble);
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(writingTo(place, bad, ground.journal()), LONG, place)) {
            assertEquals(Ending.Kind.REVERTED, guard.revert().kind());
            assertEquals("old", ground.standing(place));
            assertEquals(List.of("reverting", "reverted"), GuardGround.events(ground.journal()));
        }
    }

    @Tag("host")
    @Test
    void a_hanging_disk_does_not_hold_the_kernel_call() throws IOException {
        Path hanging = bad("hanging");
        Ready place = ground.ready();
        try (Guardian guard = ground.swapped(writingTo(place, hanging, hanging), LONG, place)) {
            Tool.run("kill", "-TERM", Integer.toString(guard.pid()));
            GuardGround.await(
                    "the old program is back", () -> ground.standing(place).equals("old"));
            GuardGround.awaitEnd(guard.pid());
        }
        assertFalse(Files.exists(ground.control()));
    }

    private Path bad(String trouble) throws IOException {
        Path path = ground.folder.resolve(trouble);
        switch (trouble) {
            case "full" -> {
                return Path.of("/dev/full");
            }
            case "hanging" -> Tool.run("mkfifo", path.toString());
            case "folder" -> Files.createDirectory(path);
            default -> {
                return path.resolve("journal.jsonl");
            }
        }
        return path;
    }

    @Tag("host")
    @Test
    void a_line_that_was_cut_short_does_not_swallow_the_next() throws IOException {
        Ready place = ground.ready();
        Files.writeString(ground.journal(), "{\"schema\":\"bpfbay/jour");
        try (Guardian guard = ground.swapped(LONG, place)) {
            guard.revert();
        }
        assertEquals(
                List.of("{\"schema\":\"bpfbay/jour", "reverting", "reverted"),
                Files.readAllLines(ground.journal()).stream()
                        .map(line -> line.endsWith("}")
                                ? JsonParser.parseString(line)
                                        .getAsJsonObject()
                                        .get("event")
                                        .getAsString()
                                : line)
                        .toList());
    }

    private Orders writingTo(Ready place, Path... journals) {
        Orders orders = ground.orders(place);
        return new Orders(
                orders.swap(), orders.control(), List.of(journals), orders.members(), List.of(), orders.probe());
    }
}
