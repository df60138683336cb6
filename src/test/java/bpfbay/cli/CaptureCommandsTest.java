package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.export.CaptureWriter;
import bpfbay.export.SnapshotJson;
import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import bpfbay.testing.Snapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that read files: none of them asks a kernel. */
final class CaptureCommandsTest {
    private static final List<Snapshot> PAST = Histories.of(Snapshots.edge(), 3, 12);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path capture;
    private final Path first;
    private final Path last;

    CaptureCommandsTest(@TempDir Path folder) throws IOException {
        capture = folder.resolve("host.capture");
        try (CaptureWriter writer =
                new CaptureWriter(Files.newOutputStream(capture), "0.0.1", CaptureWriter.Content.EXACT)) {
            PAST.forEach(writer::write);
        }
        first = Files.write(folder.resolve("first.json"), json(PAST.get(0)));
        last = Files.write(folder.resolve("last.json"), json(PAST.get(11)));
    }

    @Test
    void a_moment_is_named_by_its_number_or_its_time_and_is_the_last_one_otherwise() {
        assertEquals(ExitCode.DONE, run("replay", capture.toString(), "--json", "--at", "5"));
        assertArrayEquals(json(PAST.get(4)), out.toByteArray());
        out.reset();
        assertEquals(ExitCode.DONE, run("replay", capture.toString(), "--json", "--at=22:51:08.5"));
        assertArrayEquals(json(PAST.get(1)), out.toByteArray());
        out.reset();
        assertEquals(ExitCode.DONE, run("replay", capture.toString(), "--json"));
        assertArrayEquals(json(PAST.get(11)), out.toByteArray());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_moment_that_is_none_is_said() {
        assertSaid(
                ExitCode.USAGE,
                "replay: '13' is no moment: there are 1 to 12",
                "replay",
                capture.toString(),
                "--text",
                "--at",
                "13");
        assertSaid(
                ExitCode.USAGE,
                "replay: 'noon' is no moment: write 17, 22:51:07Z or 2026-01-31T22:51:07Z",
                "replay",
                capture.toString(),
                "--text",
                "--at",
                "noon");
    }

    @Test
    void a_file_that_is_none_is_said() {
        assertSaid(ExitCode.USAGE, "replay: /no/such: there is no such file", "replay", "/no/such", "--text");
        assertSaid(
                ExitCode.FAILED,
                first + ": line 1: the schema is 'bpfbay/snapshot/1', not bpfbay/capture/1",
                "replay",
                first.toString(),
                "--text");
    }

    @Test
    void a_recording_overwrites_nothing() {
        assertSaid(
                ExitCode.USAGE,
                "record: " + first + " is there already, and is not overwritten",
                "record",
                first.toString());
    }

    @Test
    void the_same_moment_of_two_files_differs_in_nothing() {
        assertEquals(ExitCode.DONE, run("diff", first.toString(), capture + "@1"));
        assertTrue(out.toString(StandardCharsets.UTF_8).endsWith("\nno difference\n"));
    }

    @Test
    void two_moments_that_differ_are_bad_news() {
        assertEquals(ExitCode.BAD_NEWS, run("diff", first.toString(), last.toString(), "--json"));
        assertTrue(
                out.toString(StandardCharsets.UTF_8).startsWith("{\"schema\":\"bpfbay/diff/1\",\"before\":{\"host\":"));
    }

    @Test
    void what_is_shared_outside_names_no_process() {
        assertEquals(ExitCode.DONE, run("replay", capture.toString(), "--json", "--redact", "--at", "1"));
        assertFalse(out.toString(StandardCharsets.UTF_8).contains("xdpd"));
    }

    @Test
    void a_diff_needs_two_pictures() {
        assertSaid(
                ExitCode.USAGE,
                "diff: needs two pictures: a file of snapshot --json or record, FILE@TIME, or 'now'",
                "diff",
                first.toString());
    }

    private void assertSaid(ExitCode code, String message, String... arguments) {
        err.reset();
        assertEquals(code, run(arguments));
        assertEquals("bpfbay: " + message + "\n", err.toString(StandardCharsets.UTF_8));
    }

    private static byte[] json(Snapshot snapshot) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        SnapshotJson.write(snapshot, json);
        return json.toByteArray();
    }

    private ExitCode run(String... arguments) {
        return Main.run(
                List.of(arguments),
                new Surroundings(
                        out, err, new NobodyThere(), new UnaskedKernels("a file needs no kernel"), Clock.systemUTC()));
    }
}
