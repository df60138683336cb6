package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertFalse;

import bpfbay.model.Snapshot;
import bpfbay.testing.Histories;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** More rounds by {@code -Dbpfbay.mutations=10000}. */
final class HostileCaptureTest {
    private static final int ROUNDS = Integer.getInteger("bpfbay.mutations", 2000);

    private static final List<String> POISON = List.of(
            "-1",
            "0",
            "1e999",
            "99999999999999999999999999",
            "18446744073709551615",
            "4294967295",
            "-0.0",
            "null",
            "true",
            "\"\"",
            "{}",
            "[]",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\"\\u001b[2J\\u202e\\udcff\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"",
            "\"telepathy\"",
            "{\"keep\":4294967295}",
            "{\"put\":[{}]}",
            "\n",
            "\u0000");

    private final byte[] packed = CaptureTest.written(Histories.of(Histories.few(), 11, 12));
    private final String plain = new String(CaptureTest.unpacked(packed), StandardCharsets.UTF_8);

    @Test
    void a_mutated_capture_opens_or_says_why_not_and_draws_no_escape() {
        Random random = new Random(4711);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file =
                    switch (round % 4) {
                        case 0 -> flipped(packed, random);
                        case 1 -> gzip(flipped(plain.getBytes(StandardCharsets.UTF_8), random));
                        case 2 -> poisoned(random).getBytes(StandardCharsets.UTF_8);
                        default -> gzip(shuffled(random).getBytes(StandardCharsets.UTF_8));
                    };
            survive(file);
        }
    }

    @Test
    void a_capture_of_absurd_numbers_ends() {
        for (String poison : POISON) {
            String[] numbers = plain.split("(?<=[:\\[,])(?=[0-9])", -1);
            StringBuilder all = new StringBuilder();
            for (String part : numbers) {
                all.append(part.replaceFirst("^[0-9.]+(?=[,}\\]])", Matcher.quoteReplacement(poison)));
            }
            survive(all.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void survive(byte[] file) {
        Capture capture;
        try {
            capture = CaptureTest.open(file);
        } catch (NotReadableException clear) {
            assertFalse(String.valueOf(clear.getMessage()).isBlank());
            return;
        }
        Iterator<Snapshot> walk = capture.from(0);
        while (walk.hasNext()) {
            String drawn = SnapshotText.of(walk.next());
            assertFalse(drawn.chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)), drawn);
        }
        capture.picture(capture.size() - 1);
    }

    private static byte[] flipped(byte[] file, Random random) {
        byte[] other = file.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            other[random.nextInt(other.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(other, random.nextInt(other.length)) : other;
    }

    /** A value replaced by one that nobody expects there. */
    private String poisoned(Random random) {
        int colon = plain.indexOf(':', random.nextInt(plain.length() - 200));
        int end = colon + 1;
        while (end < plain.length() && ",}]\n".indexOf(plain.charAt(end)) < 0) {
            end++;
        }
        return plain.substring(0, colon + 1) + POISON.get(random.nextInt(POISON.size())) + plain.substring(end);
    }

    /** Lines in another order, twice, or missing. */
    private String shuffled(Random random) {
        List<String> lines = new ArrayList<>(List.of(plain.split("\n", -1)));
        for (int i = random.nextInt(3); i >= 0; i--) {
            int place = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.remove(place);
                case 1 -> lines.add(place, lines.get(random.nextInt(lines.size())));
                default -> lines.set(place, lines.get(random.nextInt(lines.size())));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
