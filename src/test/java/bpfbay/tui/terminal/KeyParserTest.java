package bpfbay.tui.terminal;

import static bpfbay.tui.terminal.Input.Modifier.ALT;
import static bpfbay.tui.terminal.Input.Modifier.CTRL;
import static bpfbay.tui.terminal.Input.Modifier.SHIFT;
import static bpfbay.tui.terminal.Input.key;
import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.tui.terminal.Input.Name;
import bpfbay.tui.terminal.Input.Paste;
import bpfbay.tui.terminal.KeyParser.Pending;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyParserTest {
    private final List<Input> inputs = new ArrayList<>();
    private final KeyParser parser = new KeyParser(inputs::add);

    private List<Input> parsed(String text) {
        return parsed(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<Input> parsed(byte[] bytes) {
        inputs.clear();
        parser.feed(bytes, bytes.length);
        return List.copyOf(inputs);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("a", key('a')),
                Arguments.of("Q", key('Q')),
                Arguments.of(" ", key(' ')),
                Arguments.of("~", key('~')),
                Arguments.of("é", key('é')),
                Arguments.of("漢", key('漢')),
                Arguments.of("🦀", key(0x1f980)),
                Arguments.of("\r", key(Name.ENTER)),
                Arguments.of("\n", key(Name.ENTER)),
                Arguments.of("\t", key(Name.TAB)),
                Arguments.of("\b", key(Name.BACKSPACE)),
                Arguments.of("\177", key(Name.BACKSPACE)),
                Arguments.of("\0", key(' ', CTRL)),
                Arguments.of("\001", key('a', CTRL)),
                Arguments.of("\003", key('c', CTRL)),
                Arguments.of("\032", key('z', CTRL)),
                Arguments.of("\034", key('\\', CTRL)),
                Arguments.of("\037", key('_', CTRL)),
                Arguments.of("\033a", key('a', ALT)),
                Arguments.of("\033é", key('é', ALT)),
                Arguments.of("\033🦀", key(0x1f980, ALT)),
                Arguments.of("\033\r", key(Name.ENTER, ALT)),
                Arguments.of("\033\177", key(Name.BACKSPACE, ALT)),
                Arguments.of("\033\001", key('a', CTRL, ALT)),
                Arguments.of("\033[A", key(Name.UP)),
                Arguments.of("\033[B", key(Name.DOWN)),
                Arguments.of("\033[C", key(Name.RIGHT)),
                Arguments.of("\033[D", key(Name.LEFT)),
                Arguments.of("\033OA", key(Name.UP)),
                Arguments.of("\033OH", key(Name.HOME)),
                Arguments.of("\033OF", key(Name.END)),
                Arguments.of("\033OM", key(Name.ENTER)),
                Arguments.of("\033[H", key(Name.HOME)),
                Arguments.of("\033[F", key(Name.END)),
                Arguments.of("\033[1;2A", key(Name.UP, SHIFT)),
                Arguments.of("\033[1;3B", key(Name.DOWN, ALT)),
                Arguments.of("\033[1;5C", key(Name.RIGHT, CTRL)),
                Arguments.of("\033[1;8D", key(Name.LEFT, SHIFT, ALT, CTRL)),
                Arguments.of("\033[1;9D", key(Name.LEFT, ALT)),
                Arguments.of("\033[;5H", key(Name.HOME, CTRL)),
                Arguments.of("\033[1~", key(Name.HOME)),
                Arguments.of("\033[2~", key(Name.INSERT)),
                Arguments.of("\033[3~", key(Name.DELETE)),
                Arguments.of("\033[3;5~", key(Name.DELETE, CTRL)),
                Arguments.of("\033[4~", key(Name.END)),
                Arguments.of("\033[5~", key(Name.PAGE_UP)),
                Arguments.of("\033[6~", key(Name.PAGE_DOWN)),
                Arguments.of("\033[7~", key(Name.HOME)),
                Arguments.of("\033[8~", key(Name.END)),
                Arguments.of("\033[Z", key(Name.TAB, SHIFT)),
                Arguments.of("\033OP", key(Name.F1)),
                Arguments.of("\033OS", key(Name.F4)),
                Arguments.of("\033[[A", key(Name.F1)),
                Arguments.of("\033[[E", key(Name.F5)),
                Arguments.of("\033[11~", key(Name.F1)),
                Arguments.of("\033[15~", key(Name.F5)),
                Arguments.of("\033[17~", key(Name.F6)),
                Arguments.of("\033[21~", key(Name.F10)),
                Arguments.of("\033[23~", key(Name.F11)),
                Arguments.of("\033[24;2~", key(Name.F12, SHIFT)),
                Arguments.of("\033[1;2P", key(Name.F1, SHIFT)),
                Arguments.of("\033[R", key(Name.F3)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_key_is_one_input(String sequence, Input key) {
        assertEquals(List.of(key), parsed(sequence));
        assertEquals(Pending.NOTHING, parser.pending());
        assertEquals(List.of(key('x')), parsed("x"));
    }

    /** Answers, reports and keys of other protocols. */
    static Stream<String> noKeys() {
        return Stream.of(
                "\033[?1;2c",
                "\033[>0;276;0c",
                "\033[0n",
                "\033[24;80R",
                "\033[1;5R",
                "\033[?24;80;1R",
                "\033[I",
                "\033[O",
                "\033[8;24;80t",
                "\033[97;5u",
                "\033[97u",
                "\033[27;5;113~",
                "\033[201~",
                "\033[~",
                "\033[99~",
                "\033[99999~",
                "\033[1;99A",
                "\033[1;0A",
                "\033[5A",
                "\033[1;5:3A",
                "\033[<0;10;10M",
                "\033[<0;10;10m",
                "\033[32;10;10M",
                "\033[M !!",
                "\033[Mqqq",
                "\033[M\033\033\033",
                "\033[7$q",
                "\033[7^",
                "\033[a",
                "\033[[q",
                "\033[1\n;5q",
                "\033[ q",
                "\033OI",
                "\033O5A",
                "\033Oq",
                "\033]11;rgb:0000/0000/0000\033\\",
                "\033]11;rgb:0000/0000/0000\007",
                "\033]52;c;cXVpdA==\007",
                "\033P1$r0m\033\\",
                "\033P>|XTerm(q)\007q\033\\",
                "\033_Gi=31;OK\033\\",
                "\033^q\033\\",
                "\033Xq\033\\",
                "\033]q\033q\033\\",
                "\033[" + "1;".repeat(200) + "A");
    }

    @ParameterizedTest
    @MethodSource("noKeys")
    void what_is_no_key_is_swallowed_whole(String sequence) {
        assertEquals(List.of(), parsed(sequence));
        assertEquals(Pending.NOTHING, parser.pending());
        assertEquals(List.of(key('x')), parsed("x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x80, 0xbf, 0xc0, 0xc1, 0xf5, 0xff})
    void a_byte_that_begins_no_character_is_dropped(int b) {
        assertEquals(List.of(key('x')), parsed(new byte[] {(byte) b, 'x'}));
    }

    @Test
    void characters_that_no_key_has_are_dropped() {
        byte[] overlong = {(byte) 0xe0, (byte) 0x80, (byte) 0x9b};
        byte[] surrogate = {(byte) 0xed, (byte) 0xa0, (byte) 0x80};
        byte[] control = {(byte) 0xc2, (byte) 0x9b};
        assertEquals(List.of(), parsed(overlong));
        assertEquals(List.of(), parsed(surrogate));
        assertEquals(List.of(), parsed(control));
    }

    @Test
    void a_broken_character_costs_no_key_after_it() {
        assertEquals(List.of(key('q')), parsed(new byte[] {(byte) 0xe2, (byte) 0x82, 'q'}));
        assertEquals(List.of(key('é')), parsed(new byte[] {(byte) 0xe2, (byte) 0xc3, (byte) 0xa9}));
    }

    @Test
    void the_one_byte_forms_of_sequences_are_sequences() {
        assertEquals(List.of(key(Name.UP)), parsed(new byte[] {(byte) 0x9b, 'A'}));
        assertEquals(List.of(key(Name.F1)), parsed(new byte[] {(byte) 0x8f, 'P'}));
        assertEquals(List.of(), parsed(new byte[] {(byte) 0x9d, '1', '1', ';', 'q', 7}));
    }

    @Test
    void a_lone_escape_is_a_key_after_a_pause() {
        assertEquals(List.of(), parsed("\033"));
        assertEquals(Pending.ESCAPE, parser.pending());
        parser.pause();
        assertEquals(List.of(key(Name.ESCAPE)), inputs);
        assertEquals(List.of(key('[')), parsed("["));
    }

    @Test
    void escape_twice_is_the_key_twice() {
        assertEquals(List.of(key(Name.ESCAPE)), parsed("\033\033"));
        parser.pause();
        assertEquals(List.of(key(Name.ESCAPE), key(Name.ESCAPE)), inputs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\033[", "\033[1;", "\033O", "\033]11;rgb", "\033P", "\033[M a", "\033[[", "\303"})
    void an_unfinished_sequence_is_dropped_at_a_pause(String sequence) {
        assertEquals(List.of(), parsed(sequence.getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(Pending.SEQUENCE, parser.pending());
        parser.pause();
        assertEquals(List.of(), inputs);
        assertEquals(List.of(key('x')), parsed("x"));
    }

    @Test
    void an_escape_in_a_sequence_begins_another() {
        assertEquals(List.of(key(Name.UP)), parsed("\033[1;\033[A"));
        assertEquals(List.of(key(Name.UP)), parsed("\033O\033[A"));
    }

    @Test
    void a_pause_without_anything_held_back_is_nothing() {
        parser.pause();
        assertEquals(List.of(), inputs);
    }

    @Test
    void a_paste_is_one_input_whatever_is_in_it() {
        assertEquals(List.of(new Paste("qd\003\033[A é\n2\n3")), parsed("\033[200~qd\003\033[A é\r2\r\n3\033[201~"));
        assertEquals(List.of(new Paste("\033[201\033[20")), parsed("\033[200~\033[201\033[20\033[201~"));
        assertEquals(List.of(new Paste("a\033[2")), parsed("\033[200~a\033[2\033[201~"));
        assertEquals(List.of(new Paste("")), parsed("\033[200~\033[201~"));
        assertEquals(List.of(key('x')), parsed("x"));
    }

    @Test
    void a_paste_without_an_end_ends_at_a_pause() {
        assertEquals(List.of(), parsed("\033[200~rm -rf\033[20"));
        assertEquals(Pending.PASTE, parser.pending());
        parser.pause();
        assertEquals(List.of(new Paste("rm -rf")), inputs);
        assertEquals(List.of(key('x')), parsed("x"));
    }

    @Test
    void a_long_paste_is_cut() {
        List<Input> all = parsed("\033[200~" + "x".repeat(KeyParser.PASTE_LIMIT + 100) + "\033[201~q");
        assertEquals(List.of(new Paste("x".repeat(KeyParser.PASTE_LIMIT)), key('q')), all);
    }
}
