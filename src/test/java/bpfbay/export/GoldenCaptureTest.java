package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A capture of version 1 as the first bpfbay wrote it. It is never written anew: whoever changes the format
 * reads this one still.
 */
final class GoldenCaptureTest {
    private static final Path FILE =
            Path.of(System.getProperty("bpfbay.home", ".")).resolve("src/test/resources/captures/version-1.capture");

    @Test
    void a_capture_of_version_1_is_read_whole() throws IOException {
        List<Snapshot> past = Histories.of(Histories.few(), 1, 24);
        Capture capture = CaptureTest.open(Files.readAllBytes(FILE));
        assertEquals(List.of(), capture.notes());
        assertEquals(past, CaptureTest.all(capture));
    }
}
