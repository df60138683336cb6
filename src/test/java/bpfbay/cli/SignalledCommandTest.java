package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Tool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that go on until a signal ends them, as processes. */
@Tag("kernel")
final class SignalledCommandTest {
    /* A shell's background jobs would ignore ^C. */
    private static final String START = "d=$(mktemp -d); trap 'rm -r $d' EXIT; env --default-signal=INT,TERM ";

    /** Waits for it, or for the end of the process. */
    private static String until(String there) {
        return "until " + there + " || ! kill -0 $!; do sleep 0.05; done; ";
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_recording_that_is_told_to_end_is_whole_and_says_so(String signal) {
        Tool.Outcome outcome = bash(START + ProcessTest.BPFBAY + " record --passive $d/c 2>$d/err & "
                + until("[ -s $d/c ]")
                + "kill -" + signal + " $!; wait $!; status=$?; cat $d/err >&2; gzip -t $d/c && "
                + ProcessTest.BPFBAY + " replay --json $d/c >$d/json && head -c 29 $d/json; exit $status");
        assertEquals(0, outcome.status(), outcome.errors());
        assertTrue(
                outcome.errors().matches("recorded [1-9][0-9]* pictures? in [0-9hms]+, [0-9.]+ (bytes|KB)\n"),
                outcome.errors());
        assertEquals("{\"schema\":\"bpfbay/snapshot/1\"", outcome.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void a_watch_that_is_told_to_end_says_what_it_saw(String signal) {
        Tool.Outcome outcome = bash(START + ProcessTest.BPFBAY + " watch --passive 2>$d/err & "
                + until("grep -q watching $d/err")
                + "kill -" + signal + " $!; wait $!; status=$?; cat $d/err >&2; exit $status");
        assertEquals(0, outcome.status(), outcome.errors());
        String last = outcome.errors().lines().reduce((a, b) -> b).orElse("");
        assertTrue(last.matches("bpfbay: watched for [0-9hms]+: [0-9]+ changes?"), outcome.errors());
    }

    private static Tool.Outcome bash(String script) {
        return Tool.attempt("bash", "-c", script);
    }
}
