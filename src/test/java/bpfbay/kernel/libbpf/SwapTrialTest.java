package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The trials of src/test/native: four threads that race for one place, and traffic through a place whose
 * program is replaced all the time. {@code -Dswap.race=100000} races longer.
 */
@InNetns
class SwapTrialTest {
    private static final Path HOME = Path.of(System.getProperty("bpfbay.home", "."));
    /* emulated, a change of XDP, which waits for every processor, takes 90 ms */
    private static final int RACES = Integer.getInteger("swap.race", Repeats.times(5000, 50));

    @BeforeEach
    void build_them() {
        Tool.run("make", "-s", "-C", HOME.resolve("native").toString(), "trials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp-link", "xdp-netlink", "cgroup-link", "cgroup-prog", "cls-bpf"})
    void no_update_is_lost_when_four_threads_race(String kind) {
        race(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcx-link", "tcx-prog"})
    @InNetns(needs = Feature.TCX)
    void no_update_is_lost_on_tcx(String kind) {
        race(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netkit-link", "netkit-prog"})
    @InNetns(needs = Feature.NETKIT)
    void no_update_is_lost_on_netkit(String kind) {
        race(kind);
    }

    private static void race(String kind) {
        Tool.Outcome outcome = trial("swap_race", kind, Integer.toString(RACES));
        assertEquals(0, outcome.status(), outcome.output() + outcome.errors());
        assertTrue(outcome.output().endsWith(" 0 lost, 0 violations\n"), outcome.output());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp-link", "xdp-netlink", "cgroup-link", "cgroup-prog", "cls-bpf"})
    void every_packet_meets_one_of_the_two_programs(String kind) {
        flow(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcx-link", "tcx-prog"})
    @InNetns(needs = Feature.TCX)
    void every_packet_meets_one_of_the_two_programs_on_tcx(String kind) {
        flow(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"netkit-link", "netkit-prog"})
    @InNetns(needs = Feature.NETKIT)
    void every_packet_meets_one_of_the_two_programs_on_netkit(String kind) {
        flow(kind);
    }

    private static void flow(String kind) {
        String swaps = Integer.toString(Repeats.times(200, 20));
        Tool.Outcome outcome = trial("swap_flow", kind, "replace", swaps, Integer.toString(Repeats.times(50000, 5000)));
        assertEquals(0, outcome.status(), outcome.output() + outcome.errors());
        assertTrue(outcome.output().contains(" 0 seen by neither"), outcome.output());
    }

    @Test
    void packets_are_counted_well_enough_to_miss_some_when_the_hook_is_empty() {
        Tool.Outcome outcome = trial("swap_flow", "xdp-link", "naive", "200", "50000");
        assertTrue(!outcome.output().contains(" 0 seen by neither"), outcome.output());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void a_filter_changed_at_the_last_moment_stands_there_again(int times) {
        Tool.Outcome outcome = trial("swap_overwrite", Integer.toString(times));
        String shown = outcome.output();
        assertTrue(
                shown.startsWith("ESTALE, restored 1, replaced another, standing the last of theirs"),
                shown + outcome.errors());
        assertTrue(shown.contains("flowid 1:7 theirs") && !shown.contains("direct-action"), shown);
    }

    private static Tool.Outcome trial(String name, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = HOME.resolve("target/native").resolve(name).toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Tool.attempt(command);
    }
}
