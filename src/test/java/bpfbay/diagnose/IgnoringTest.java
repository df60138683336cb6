package bpfbay.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IgnoringTest {
    private static final Instant NOW = Instant.parse("2026-11-21T22:51:07Z");

    private static Finding skew(String... refs) {
        return new Finding(
                Code.VERSION_SKEW,
                Severity.WARNING,
                Arrays.asList(refs),
                Set.of(),
                List.of(),
                "skew",
                List.of(),
                "bpfbay snapshot");
    }

    private static Ignore rule(String code, String pattern, String until) {
        return new Ignore(Code.byLabel(code), pattern, LocalDate.parse(until), "canary", 3);
    }

    private static List<Code> left(Ignore rule, Finding... findings) {
        return new Ignoring(List.of(rule))
                .of(new Diagnosis(List.of(findings), List.of()), NOW).findings().stream()
                        .map(Finding::code)
                        .toList();
    }

    @Test
    void what_is_known_is_not_told_again() {
        assertEquals(List.of(), left(rule("version-skew", "eth1/*", "2026-12-01"), skew("eth1/xdp")));
    }

    @Test
    void a_rule_holds_through_its_last_day() {
        assertEquals(List.of(), left(rule("version-skew", "eth1/*", "2026-11-21"), skew("eth1/xdp")));
    }

    @Test
    void a_rule_that_has_expired_hides_nothing_and_is_told_itself() {
        assertEquals(
                List.of(Code.VERSION_SKEW, Code.IGNORE_EXPIRED),
                left(rule("version-skew", "eth1/*", "2026-11-20"), skew("eth1/xdp")));
    }

    @Test
    void a_finding_of_which_one_ref_is_not_known_stays() {
        assertEquals(
                List.of(Code.VERSION_SKEW),
                left(rule("version-skew", "eth1/*", "2026-12-01"), skew("eth1/xdp", "eth2/xdp")));
    }

    @Test
    void a_rule_for_another_code_is_told_to_match_nothing() {
        assertEquals(
                List.of(Code.VERSION_SKEW, Code.IGNORE_UNUSED),
                left(rule("vanished", "eth1/*", "2026-12-01"), skew("eth1/xdp")));
    }

    @Test
    void neither_of_them_is_bad_news() {
        Diagnosis diagnosis = new Ignoring(
                        List.of(rule("vanished", "*", "2026-12-01"), rule("vanished", "*", "2020-01-01")))
                .of(Diagnosis.NOTHING, NOW);

        assertEquals(2, diagnosis.findings().size());
        assertFalse(diagnosis.isBad());
    }

    @Test
    void what_was_not_evaluated_cannot_be_ignored() {
        Diagnosis.NotEvaluated blind = NotJudged.of(Code.VANISHED, "no past");

        assertEquals(
                List.of(blind),
                new Ignoring(List.of(new Ignore(Optional.empty(), "*", LocalDate.MAX, "all", 1)))
                        .of(new Diagnosis(List.of(), List.of(blind)), NOW)
                        .notEvaluated());
    }

    @Test
    void a_pattern_stands_for_what_it_says() {
        assertTrue(matches("netns:lab/*/xdp", "netns:lab/eth0/xdp"));
        assertTrue(matches("eth?/tc/ingress/1:0x1", "eth0/tc/ingress/1:0x1"));
        assertTrue(matches("*", ""));
        assertFalse(matches("eth0", "eth0/xdp"));
        assertFalse(matches("eth[0]/xdp", "eth0/xdp"));
        assertFalse(matches("*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(50_000)));
    }

    private static boolean matches(String pattern, String ref) {
        return new Ignore(Optional.empty(), pattern, LocalDate.MAX, "", 1).matches(ref);
    }
}
