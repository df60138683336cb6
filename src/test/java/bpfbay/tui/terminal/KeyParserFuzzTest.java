package bpfbay.tui.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KeyParserFuzzTest {

    private static List<Input> parsed(List<byte[]> chunks) {
        List<Input> inputs = new ArrayList<>();
        KeyParser parser = new KeyParser(inputs::add);
        chunks.forEach(chunk -> parser.feed(chunk, chunk.length));
        parser.pause();
        return inputs;
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Bytes among which those that begin and end sequences are frequent. */
    @Provide
    Arbitrary<byte[]> streams() {
        Arbitrary<byte[]> any = Arbitraries.bytes().array(byte[].class).ofMaxSize(6);
        Arbitrary<byte[]> special = Arbitraries.of(
                        "\033",
                        "[",
                        "O",
                        "]",
                        "P",
                        "\033[",
                        "\033[200~",
                        "\033[201~",
                        "\033[M",
                        ";5",
                        "~",
                        "A",
                        "\007",
                        "\033\\",
                        "\303",
                        "\251",
                        "\360\237\246\200",
                        "q")
                .map(KeyParserFuzzTest::bytes);
        return Arbitraries.oneOf(any, special).list().ofMaxSize(40).map(KeyParserFuzzTest::joined);
    }

    @Property
    void where_the_bytes_are_split_does_not_matter(@ForAll("streams") byte[] stream, @ForAll List<Integer> cuts) {
        List<byte[]> chunks = new ArrayList<>();
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(stream.length, from + Math.floorMod(cut, 5));
            chunks.add(Arrays.copyOfRange(stream, from, to));
            from = to;
        }
        chunks.add(Arrays.copyOfRange(stream, from, stream.length));
        assertEquals(parsed(List.of(stream)), parsed(chunks));
    }

    @Property
    void pauses_anywhere_throw_nothing(@ForAll("streams") byte[] stream, @ForAll List<Integer> cuts) {
        KeyParser parser = new KeyParser(input -> {});
        int from = 0;
        for (int cut : cuts) {
            int to = Math.min(stream.length, from + Math.floorMod(cut, 5));
            byte[] chunk = Arrays.copyOfRange(stream, from, to);
            parser.feed(chunk, chunk.length);
            parser.pause();
            assertEquals(KeyParser.Pending.NOTHING, parser.pending());
            from = to;
        }
    }

    /** Well-formed sequences of every kind, with parameters and endings that no key has. */
    @Provide
    Arbitrary<byte[]> unknownSequences() {
        Arbitrary<String> noise =
                Arbitraries.strings().withCharRange('!', '~').ofMaxLength(20).map(text -> text.replace('\\', '!'));
        Arbitrary<String> parameters =
                Arbitraries.strings().withCharRange(' ', '?').ofMinLength(1).ofMaxLength(20);
        Arbitrary<Character> last = Arbitraries.chars().range('a', 'z');
        return Arbitraries.oneOf(
                        noise.map(text -> "\033]" + text + "\007"),
                        noise.map(text -> "\033]" + text + "\033\\"),
                        noise.map(text -> "\033P" + text + "\033\\"),
                        noise.map(text -> "\033_" + text + "\033\\"),
                        parameters.flatMap(text -> last.map(c -> "\033[" + text + c)),
                        parameters.map(text -> "\033[?" + text + "A"),
                        Arbitraries.strings()
                                .withCharRange('!', '~')
                                .ofLength(3)
                                .map(text -> "\033[M" + text),
                        last.map(c -> "\033[" + c),
                        last.map(c -> "\033O" + c))
                .map(KeyParserFuzzTest::bytes);
    }

    @Property
    void no_byte_of_an_unknown_sequence_is_a_key(@ForAll("unknownSequences") byte[] sequence) {
        assertEquals(List.of(), parsed(List.of(sequence)));
    }

    @Property
    void no_byte_of_a_paste_is_a_key(@ForAll("streams") byte[] content) {
        String end = "\033[201~";
        String text = new String(content, StandardCharsets.ISO_8859_1).replace(end, "");
        List<Input> inputs = parsed(List.of(bytes("\033[200~"), bytes(text.contains(end) ? "" : text), bytes(end)));
        assertEquals(1, inputs.size());
        assertTrue(inputs.get(0) instanceof Input.Paste);
    }
}
