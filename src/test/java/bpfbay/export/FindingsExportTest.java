package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.diagnose.Code;
import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.diagnose.Diagnosis.NotEvaluated.Cause;
import bpfbay.diagnose.Finding;
import bpfbay.diagnose.Severity;
import bpfbay.testing.Snapshots;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FindingsExportTest {
    private static Finding finding(Code code, Severity severity, String title) {
        return new Finding(
                code,
                severity,
                List.of("eth0/xdp"),
                Set.of(),
                List.of(0xfffffff0, 12),
                title,
                List.of("a fact", "another"),
                "bpfbay show eth0/xdp");
    }

    private static Diagnosis diagnosis() {
        return new Diagnosis(
                List.of(
                        finding(Code.DIES_WITH_PROCESS, Severity.INFO, "it dies with " + Snapshots.HOSTILE),
                        finding(Code.REPLACED_UNDERNEATH, Severity.CRITICAL, "it was replaced")),
                List.of(
                        new NotEvaluated(Code.ORPHAN_ATTACHMENT, Cause.PRIVILEGE, "needs CAP_SYS_PTRACE"),
                        new NotEvaluated(Code.DIES_WITH_PROCESS, Cause.PRIVILEGE, "needs CAP_SYS_PTRACE")));
    }

    @Test
    void the_json_is_the_contract_s() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FindingsJson.write(Snapshots.bare(), diagnosis(), out);
        String text = out.toString(StandardCharsets.UTF_8);
        JsonObject all = JsonParser.parseString(text).getAsJsonObject();
        JsonObject first = all.getAsJsonArray("findings").get(0).getAsJsonObject();

        assertEquals("bpfbay/findings/1", all.get("schema").getAsString());
        assertEquals(
                "{\"code\":\"replaced-underneath\",\"severity\":\"critical\",\"refs\":[\"eth0/xdp\"],"
                        + "\"prog_ids\":[4294967280,12],\"title\":\"it was replaced\",\"evidence\":[\"a fact\",\"another\"],"
                        + "\"suggest\":\"bpfbay show eth0/xdp\"}",
                first.toString());
        assertEquals(
                "{\"code\":\"orphan-attachment\",\"why\":\"needs CAP_SYS_PTRACE\",\"cause\":\"privilege\"}",
                all.getAsJsonArray("not_evaluated").get(0).toString());
        assertFalse(text.contains("\u001b"), "a name must not reach a terminal raw");
    }

    @Test
    void every_code_of_the_contract_has_its_name() {
        Set<String> names = Arrays.stream(Code.values()).map(Code::label).collect(Collectors.toSet());

        assertTrue(names.containsAll(List.of(
                "superseded-attachment",
                "duplicate-attachment",
                "version-skew",
                "shadowed-attachment",
                "map-split",
                "dies-with-process",
                "pin-behind",
                "pin-lifetime",
                "generic-xdp",
                "not-as-declared",
                "orphan-attachment",
                "detached-link",
                "replaced-underneath",
                "vanished",
                "moved-device",
                "chain-reordered")));
    }

    @Test
    void the_text_has_the_worst_first_and_what_to_do_under_each() {
        assertEquals(
                """
                bare  6.1.0-56  2026-11-21T22:51:07Z

                critical
                  replaced-underneath: it was replaced
                      a fact
                      another
                    > bpfbay show eth0/xdp

                info
                  dies-with-process: it dies with a\\x1b[2J\\u202eb\\xff\\u009b
                      a fact
                      another
                    > bpfbay show eth0/xdp

                not evaluated, wholly or in part
                  needs CAP_SYS_PTRACE (orphan-attachment, dies-with-process)

                2 findings: 1 critical, 1 info; 2 rules not evaluated, wholly or in part
                """,
                FindingsText.of(Snapshots.bare(), diagnosis()));
    }

    @Test
    void a_host_is_called_well_only_where_every_rule_was_evaluated() {
        assertTrue(FindingsText.of(Snapshots.bare(), Diagnosis.NOTHING)
                .endsWith("\nnothing found; every rule was evaluated\n"));
        assertTrue(FindingsText.of(
                        Snapshots.bare(), new Diagnosis(List.of(), diagnosis().notEvaluated()))
                .endsWith("\nnothing found; 2 rules not evaluated, wholly or in part\n"));
    }

    @Test
    void what_nobody_asked_for_is_no_blind_spot_and_yet_is_said() {
        NotEvaluated vanished = new NotEvaluated(Code.VANISHED, Cause.NOT_ASKED, "there is no earlier picture");
        NotEvaluated moved = new NotEvaluated(Code.MOVED_DEVICE, Cause.NOT_ASKED, "there is no earlier picture");

        assertEquals(
                """
                bare  6.1.0-56  2026-11-21T22:51:07Z

                not asked for (--since CAPTURE, --window)
                  there is no earlier picture (vanished, moved-device)

                nothing found; 2 rules not asked for
                """,
                FindingsText.of(Snapshots.bare(), new Diagnosis(List.of(), List.of(vanished, moved))));
    }

    @Test
    void evidence_of_a_thousand_interfaces_is_cut_and_says_so() {
        Finding long1 = new Finding(
                Code.VERSION_SKEW,
                Severity.WARNING,
                List.of(),
                Set.of(),
                List.of(),
                "skew",
                IntStream.range(0, 1000).mapToObj(i -> "fact " + i).toList(),
                "bpfbay snapshot");

        String text = FindingsText.of(Snapshots.bare(), new Diagnosis(List.of(long1), List.of()));

        assertTrue(text.contains("fact 7\n      and 992 more lines, with --json\n"), text);
    }
}
