package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import bpfbay.testing.Snapshots;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class CaptureTest {
    private static final List<Snapshot> PAST = Histories.of(Snapshots.edge(), 3, 40);
    /** A small host: the test that cuts at every byte opens it thousands of times. */
    private static final List<Snapshot> SMALL = Histories.of(Histories.few(), 5, 25);

    private static final byte[] CAPTURE = written(PAST);

    @Test
    void every_picture_comes_back_as_it_was() {
        Capture capture = open(CAPTURE);
        assertEquals(List.of(), capture.notes());
        assertEquals(PAST.get(0).host(), capture.host());
        assertEquals(PAST, all(capture));
        for (int i = 0; i < PAST.size(); i++) {
            assertEquals(PAST.get(i).takenAt(), capture.at(i));
            assertEquals(PAST.get(i), capture.picture(i));
        }
    }

    @Test
    void stepping_back_and_jumping_gives_the_same_pictures() {
        List<Snapshot> past = Histories.of(Histories.few(), 8, 700);
        Capture capture = open(written(past));
        Random random = new Random(3);
        int index = 699;
        for (int i = 0; i < 300; i++) {
            assertEquals(past.get(index), capture.picture(index));
            index = Math.floorMod(random.nextInt(20) == 0 ? random.nextInt(700) : index - 2 + random.nextInt(4), 700);
        }
    }

    @Property(tries = 30)
    void any_history_comes_back_as_it_was(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int length) {
        List<Snapshot> past = Histories.of(Snapshots.edge(), seed, length);
        assertEquals(past, all(open(written(past))));
    }

    @Test
    void a_long_recording_holds_whole_pictures_now_and_then() {
        List<Snapshot> past = Histories.quiet(Snapshots.edge(), 700);
        String text = new String(unpacked(written(past)), StandardCharsets.UTF_8);
        assertEquals(
                3,
                text.lines()
                        .filter(l -> l.startsWith("{\"schema\":\"bpfbay/snapshot/1\""))
                        .count());
        assertEquals(past, all(open(written(past))));
    }

    @Test
    void what_was_killed_opens_up_to_its_last_line() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CaptureWriter writer = new CaptureWriter(out, "0.0.1", CaptureWriter.Content.EXACT);
        PAST.forEach(writer::write);
        Capture capture = open(out.toByteArray());
        assertEquals(PAST, all(capture));
        assertEquals(
                List.of("line " + (PAST.size() + 2) + ": the file ends here, in the middle; read up to there"),
                capture.notes());
    }

    @Test
    void a_capture_cut_at_every_byte_opens_up_to_the_cut() {
        byte[] whole = written(SMALL);
        assertTrue(whole.length < 64 << 10, () -> whole.length + " bytes");
        int moments = 0;
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (moments == 0 && isUnreadable(cut)) {
                continue;
            }
            Capture capture = open(cut);
            assertEquals(1, capture.notes().size());
            assertTrue(capture.size() == moments || capture.size() == moments + 1);
            moments = capture.size();
            assertEquals(SMALL.get(moments - 1).takenAt(), capture.at(moments - 1));
        }
        assertEquals(SMALL.size(), moments);
    }

    @Test
    void plain_lines_open_too() {
        assertEquals(PAST, all(open(unpacked(CAPTURE))));
    }

    @Test
    void a_damaged_line_is_named_and_what_stands_before_is_read() {
        String[] lines = new String(unpacked(CAPTURE), StandardCharsets.UTF_8).split("\n", -1);
        lines[5] = lines[5].substring(0, lines[5].length() / 2);
        Capture capture = open(joined(lines));
        assertEquals(4, capture.size());
        assertTrue(capture.notes().get(0).startsWith("line 6: "), capture.notes()::toString);
    }

    @Test
    void a_change_of_another_picture_is_damage() {
        List<String> lines =
                new ArrayList<>(List.of(new String(unpacked(CAPTURE), StandardCharsets.UTF_8).split("\n", -1)));
        lines.remove(6);
        Capture capture = open(joined(lines.toArray(String[]::new)));
        assertTrue(capture.size() < PAST.size());
        assertTrue(capture.notes().get(0).contains("a change of"), capture.notes()::toString);
        assertEquals(capture.size(), all(capture).size());
    }

    @Test
    void a_newer_version_is_read_as_far_as_it_is_known() {
        String text = new String(unpacked(CAPTURE), StandardCharsets.UTF_8)
                .replace("bpfbay/capture/1", "bpfbay/capture/7")
                .replace(
                        "{\"schema\":\"bpfbay/delta/1\",",
                        "{\"schema\":\"bpfbay/mood/1\"}\n{\"schema\":\"bpfbay/delta/1\",\"mood\":3,");
        Capture capture = open(text.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                List.of(
                        "made by a newer bpfbay (bpfbay/capture/7): read as far as it is known here",
                        "not known here, and left out: delta.mood, lines of bpfbay/mood/1"),
                capture.notes());
        assertEquals(PAST, all(capture));
    }

    @Test
    void what_is_no_capture_says_so() {
        assertUnreadable("holds no picture", "");
        assertUnreadable(
                "line 1: the schema is 'bpfbay/swap/1', not bpfbay/capture/1", "{\"schema\":\"bpfbay/swap/1\"}\n");
        assertUnreadable(
                "line 2: a change before the first picture",
                """
                {"schema":"bpfbay/capture/1"}
                {"schema":"bpfbay/delta/1","taken_at":"2026-01-01T00:00:00Z"}
                """);
        assertUnreadable("line 1: the file ends here, in the middle", "{\"schema\"");
        assertUnreadable("line 1: 'schema' is missing", "{}\n");
    }

    @Test
    void a_bomb_is_refused() {
        byte[] zeros = new byte[1 << 20];
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            for (int i = 0; i < 100; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertEquals("line 1: longer than 32 MiB", message(out.toByteArray()));
    }

    @Test
    void a_bomb_of_good_lines_ends() {
        String[] lines = new String(unpacked(CAPTURE), StandardCharsets.UTF_8).split("\n", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] quiet = "{\"schema\":\"bpfbay/delta/1\",\"taken_at\":\"2026-01-01T00:00:00Z\",\"note\":\"%s\"}\n"
                .formatted("x".repeat(200_000))
                .getBytes(StandardCharsets.UTF_8);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write((lines[0] + "\n" + lines[1] + "\n").getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 1000; i++) {
                gzip.write(quiet);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Capture capture = open(out.toByteArray());
        assertTrue(capture.notes().get(0).endsWith("too much for a file of this size; read up to there"));
    }

    @Test
    void the_same_history_makes_the_same_bytes() {
        assertArrayEquals(CAPTURE, written(PAST));
    }

    private static boolean isUnreadable(byte[] file) {
        try {
            open(file);
            return false;
        } catch (NotReadableException e) {
            return true;
        }
    }

    private static void assertUnreadable(String reason, String file) {
        assertEquals(reason, message(file.getBytes(StandardCharsets.UTF_8)));
    }

    private static String message(byte[] file) {
        return String.valueOf(
                assertThrows(NotReadableException.class, () -> open(file)).getMessage());
    }

    private static byte[] joined(String[] lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    static List<Snapshot> all(Capture capture) {
        List<Snapshot> all = new ArrayList<>();
        Iterator<Snapshot> walk = capture.from(0);
        walk.forEachRemaining(all::add);
        return all;
    }

    static Capture open(byte[] file) {
        return CaptureReader.open(new ByteArrayInputStream(file), bytes -> {});
    }

    static byte[] written(List<Snapshot> past) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CaptureWriter writer = new CaptureWriter(out, "0.0.1", CaptureWriter.Content.EXACT)) {
            past.forEach(writer::write);
        }
        return out.toByteArray();
    }

    static byte[] unpacked(byte[] file) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
