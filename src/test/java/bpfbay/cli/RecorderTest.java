package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.collect.Poller;
import bpfbay.export.Capture;
import bpfbay.export.CaptureReader;
import bpfbay.export.CaptureWriter;
import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecorderTest {
    private static final List<Snapshot> PAST = Histories.quiet(Histories.few(), 10);

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    @Test
    void what_was_seen_before_the_end_is_in_the_file_and_what_comes_after_is_not() {
        Recorder recorder = recorder(file);
        PAST.subList(0, 7).forEach(picture -> recorder.take(taken(picture)));
        recorder.close();
        recorder.take(taken(PAST.get(7)));
        Capture capture = CaptureReader.open(new ByteArrayInputStream(file.toByteArray()), bytes -> {});
        assertEquals(7, capture.size());
        assertEquals(List.of(), capture.notes());
        assertEquals(7, recorder.moments());
        assertEquals(Duration.ofSeconds(6), recorder.length());
        assertEquals(Recorder.End.DONE, recorder.end());
    }

    @Test
    void a_look_that_failed_is_told_until_the_next_picture() {
        Recorder recorder = recorder(file);
        recorder.take(taken(PAST.get(0)));
        recorder.take(new Poller.Poll.Failed(PAST.get(1).takenAt(), "BPF_PROG_GET_NEXT_ID: EPERM"));
        assertEquals(Optional.of("BPF_PROG_GET_NEXT_ID: EPERM"), recorder.trouble());
        recorder.take(taken(PAST.get(2)));
        assertEquals(Optional.empty(), recorder.trouble());
        assertEquals(2, recorder.moments());
    }

    @Test
    void a_full_disk_ends_the_recording_and_is_said() {
        Recorder recorder = recorder(new FullDisk(1000));
        PAST.forEach(picture -> recorder.take(taken(picture)));
        recorder.await(Optional.empty());
        recorder.close();
        assertEquals(Recorder.End.FAILED, recorder.end());
        assertEquals(Optional.of("No space left on device"), recorder.failure());
    }

    private static Recorder recorder(OutputStream to) {
        return new Recorder(() -> to, CaptureWriter.Content.EXACT, all -> all, authors -> authors, List::of, () -> {});
    }

    private static Poller.Poll taken(Snapshot picture) {
        return new Poller.Poll.Taken(picture, Duration.ofSeconds(1), List.of());
    }

    private static final class FullDisk extends OutputStream {
        private int left;

        FullDisk(int left) {
            this.left = left;
        }

        @Override
        public void write(int b) throws IOException {
            if (left-- <= 0) {
                throw new IOException("No space left on device");
            }
        }
    }
}
