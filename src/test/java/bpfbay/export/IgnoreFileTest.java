package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.diagnose.Code;
import bpfbay.diagnose.Ignore;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IgnoreFileTest {
    @Test
    void a_rule_is_a_line_of_code_pattern_day_and_reason() {
        assertEquals(
                List.of(
                        new Ignore(
                                Optional.of(Code.VERSION_SKEW),
                                "eth1/xdp",
                                LocalDate.parse("2026-12-01"),
                                "canary, CHG-4711",
                                3),
                        new Ignore(Optional.empty(), "netns:lab/*", LocalDate.parse("2027-01-31"), "lab", 4)),
                IgnoreFile.parse(
                        "known.txt",
                        """
                        # what we know

                        version-skew  eth1/xdp  2026-12-01  canary, CHG-4711
                        *             netns:lab/*  2027-01-31  lab
                        """));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "version-skw * 2026-12-01 why; known.txt:2: unknown code 'version-skw': did you mean 'version-skew'?",
                "version-skew * tomorrow why; known.txt:2: 'tomorrow' is no day: write 2026-12-01",
                "version-skew * 2026-02-30 why; known.txt:2: '2026-02-30' is no day: write 2026-12-01",
                "version-skew * 2026-12-01; known.txt:2: a rule has a code, a ref pattern, a last day and a reason:"
                        + " version-skew eth1/xdp 2026-12-01 canary",
            })
    void what_is_wrong_is_said_with_its_line(String line, String message) {
        UnreadableException e =
                assertThrows(UnreadableException.class, () -> IgnoreFile.parse("known.txt", "#\n" + line + "\n"));
        assertEquals(message, e.getMessage());
    }
}
