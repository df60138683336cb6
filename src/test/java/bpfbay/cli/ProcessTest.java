package bpfbay.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What only a process of its own shows: its standard streams, its arguments' bytes, its exit status. */
final class ProcessTest {
    static final String BPFBAY = Path.of(System.getProperty("java.home"), "bin", "java")
            + " -Xshare:auto -XX:TieredStopAtLevel=1 '-Dbpfbay.home="
            + System.getProperty("bpfbay.home", ".")
            + "' -cp '"
            + System.getProperty("java.class.path")
            + "' bpfbay.cli.Main";

    @Test
    void a_full_disk_is_one_line_and_exit_4() {
        Tool.Outcome outcome = bash(BPFBAY + " help >/dev/full");
        assertEquals(4, outcome.status());
        assertEquals("bpfbay: cannot write the output: No space left on device\n", outcome.errors());
    }

    @Test
    void a_closed_output_is_one_line_and_exit_4() {
        Tool.Outcome outcome = bash(BPFBAY + " help >&-");
        assertEquals(4, outcome.status());
        assertEquals("bpfbay: cannot write the output: Bad file descriptor\n", outcome.errors());
    }

    @Test
    void a_reader_that_is_gone_is_not_told_of() {
        Tool.Outcome outcome = bash("mkfifo_dir=$(mktemp -d) && mkfifo $mkfifo_dir/p"
                + " && { : <$mkfifo_dir/p & exec 3>$mkfifo_dir/p; wait $!; rm -r $mkfifo_dir; }"
                + " && " + BPFBAY + " help >&3");
        assertEquals("", outcome.errors());
        assertEquals(0, outcome.status());
    }

    @Test
    void bytes_of_an_argument_survive_a_locale_without_them() {
        for (String locale : new String[] {"C", "C.UTF-8"}) {
            Tool.Outcome outcome = bash("LC_ALL=" + locale + " " + BPFBAY + " $'caf\\303\\251\\377'");
            assertEquals(2, outcome.status());
            assertTrue(outcome.errors().startsWith("bpfbay: unknown command 'caf\u00e9\\xff'"), outcome.errors());
        }
    }

    @Test
    void a_closed_standard_error_does_not_change_the_exit_status() {
        assertEquals(2, bash(BPFBAY + " snapshto 2>&-").status());
    }

    @Test
    void swaps_that_may_not_be_read_are_told_from_none() {
        for (String command : new String[] {"swaps", "recover", "confirm last", "revert last"}) {
            Tool.Outcome outcome = bash("d=$(mktemp -d) && mkdir -p $d/run/lock && chown 65534 $d/run/lock"
                    + " && chmod 700 $d/run/lock && setpriv --bounding-set=-all --inh-caps=-all "
                    + BPFBAY
                    + " " + command + " --state-dir $d; status=$?; rm -r $d; exit $status");
            assertEquals(3, outcome.status(), outcome.errors());
            assertTrue(
                    outcome.errors().endsWith("EACCES — what bpfbay keeps of swaps is root's: run it as root\n"),
                    outcome.errors());
            assertEquals(1, outcome.errors().lines().count(), outcome.errors());
        }
    }

    private static Tool.Outcome bash(String script) {
        return Tool.attempt("bash", "-c", script);
    }
}
