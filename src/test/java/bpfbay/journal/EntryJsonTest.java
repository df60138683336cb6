package bpfbay.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EntryJsonTest {
    static List<SwapPlace> places() {
        return Entries.places();
    }

    @ParameterizedTest
    @MethodSource("places")
    void a_place_is_read_as_it_was_written(SwapPlace place) {
        JournalEntry entry = Entries.planned(place);
        assertEquals(Optional.of(entry), EntryReader.read(Entries.line(entry)));
    }

    @Test
    void every_primitive_has_a_place_here() {
        Set<Primitive> seen = EnumSet.noneOf(Primitive.class);
        places().forEach(place -> seen.add(place.primitive()));
        assertEquals(EnumSet.allOf(Primitive.class), seen);
    }

    @ParameterizedTest
    @EnumSource(JournalEvent.class)
    void an_event_is_read_as_it_was_written(JournalEvent event) {
        JournalEntry entry = Entries.bare(event);
        assertEquals(Optional.of(entry), EntryReader.read(Entries.line(entry)));
    }

    @Test
    void an_entry_is_one_line_of_what_a_terminal_survives() {
        for (SwapPlace place : places()) {
            String line = Entries.line(Entries.planned(place));
            assertTrue(line.chars().noneMatch(c -> c < 0x20 || c == 0x202e || (c >= 0xd800 && c <= 0xdfff)), line);
        }
    }

    @Test
    void a_line_has_the_fields_of_the_contract() {
        assertEquals(
                """
                {"schema":"bpfbay/journal/1","boot_id":"2a4f1c8e-1111-2222-3333-444455556666",\
                "at":"2026-11-21T12:00:00.123456Z","swap":"20261121-120000-3f","event":"planned","member":0,\
                "ref":"eth\\udcff0/xdp","primitive":"BPF_LINK_UPDATE, expected program",\
                "from":{"prog_id":3815,"prog_name":"xdp_fw","tag":"9af1c02e00000000"},"to":{"prog_id":4294967295},\
                "link_id":88,"by":{"pid":812,"comm":"bpf\\u0007bay","user":"ro\\u202eot"},\
                "place":{"kind":"xdp_link","link_id":88},"hook":"xdp 4026531840 2","pins":["/sys/fs/bpf/a\\udcfe","/b"],\
                "detail":"to be \\"short\\"\\n\\ud83d\\ude00"}""",
                Entries.line(Entries.planned(new SwapPlace.OfLink(Primitive.XDP_LINK, 88))));
    }

    @Test
    void a_line_of_the_guard_process_is_read() {
        String line =
                """
                {"schema":"bpfbay/journal/1","boot_id":"b","at":"2026-11-21T12:00:00.007Z","swap":"s",\
                "event":"reverted","member":3,"ref":"eth\\udcff0/xdp","primitive":"RTM_SETLINK, expected program",\
                "from":{"prog_id":1,"prog_name":"a","tag":"00"},"to":{"prog_id":4294967295,"prog_name":"b","tag":"01"},\
                "by":{"pid":1,"comm":"bpfbay-guard","user":"root"},"detail":"a #1 is back"}""";
        JournalEntry entry = EntryReader.read(line).orElseThrow();
        assertEquals(JournalEvent.REVERTED, entry.event());
        assertEquals(3, entry.member().orElseThrow());
        assertEquals("eth\udcff0/xdp", entry.ref());
        assertEquals(Optional.of(new ProgramMark(-1, "b", "01")), entry.to());
        assertEquals("a #1 is back", entry.detail());
    }

    @Test
    void a_line_of_a_later_version_is_read_as_far_as_it_is_known() {
        String line = Entries.line(Entries.planned(places().get(0)))
                .replace("journal/1", "journal/7")
                .replace("\"kind\":\"xdp_link\"", "\"kind\":\"xdp_beam\"")
                .replace("{\"schema\"", "{\"mood\":[{}],\"schema\"");
        JournalEntry entry = EntryReader.read(line).orElseThrow();
        assertEquals(Optional.empty(), entry.anchor());
        assertEquals("20261121-120000-3f", entry.swap());
    }

    @Test
    void an_event_of_a_later_version_is_left_out() {
        assertEquals(
                Optional.empty(),
                EntryReader.read(Entries.line(Entries.bare(JournalEvent.STALE)).replace("stale", "sold")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"schema\":\"bpfbay/change/1\",\"event\":\"planned\"}",
                "{\"schema\":1}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"noon\",\"swap\":\"s\"}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\"}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\",\"swap\":\"s\",\"link_id\":-1}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\",\"swap\":\"s\",\"link_id\":1e999999999}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\",\"swap\":\"s\",\"link_id\":4294967296}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\",\"swap\":\"s\",\"ref\":null}",
                "{\"schema\":\"bpfbay/journal/1\",\"event\":\"stale\",\"at\":\"2026-11-21T12:00:00Z\",\"swap\":\"s\"} {}",
                "{'schema':'bpfbay/journal/1','event':'stale','at':'2026-11-21T12:00:00Z','swap':'s'}"
            })
    void what_no_version_writes_is_damaged(String line) {
        assertThrows(DamagedLineException.class, () -> EntryReader.read(line));
    }

    @Test
    void nesting_without_end_is_damaged() {
        assertThrows(
                DamagedLineException.class,
                () -> EntryReader.read("{\"schema\":" + "[".repeat(1 << 18) + "]".repeat(1 << 18) + "}"));
    }

    @Test
    void whatever_becomes_of_a_line_it_is_read_or_damaged() {
        Random random = new Random(20261121);
        List<String> lines = places().stream()
                .map(place -> Entries.line(Entries.planned(place)))
                .toList();
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            try {
                String line = mutated(lines.get(random.nextInt(lines.size())), lines, random);
                read += EntryReader.read(line).isPresent() ? 1 : 0;
            } catch (DamagedLineException e) {
                assertTrue(String.valueOf(e.getMessage()).startsWith("it"), e.toString());
            }
        }
        assertTrue(read > 100 && read < 9_900, "read " + read);
    }

    private static String mutated(String line, List<String> lines, Random random) {
        StringBuilder text = new StringBuilder(line);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            int end = Math.min(text.length(), at + 1 + random.nextInt(8));
            switch (random.nextInt(5)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(0x80));
                case 1 -> text.setCharAt(at, "{}[]\",:\\09-.eE".charAt(random.nextInt(14)));
                case 2 -> text.delete(at, end);
                case 3 -> text.insert(at, text.substring(at, end));
                default -> {
                    String other = lines.get(random.nextInt(lines.size()));
                    text.append(other, random.nextInt(other.length()), other.length());
                    text.delete(at, Math.min(text.length(), at + line.length()));
                    text.append('}');
                }
            }
        }
        return text.toString();
    }
}
