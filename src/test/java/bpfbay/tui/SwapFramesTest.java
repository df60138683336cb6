package bpfbay.tui;

import bpfbay.kernel.Guardians;
import bpfbay.swap.Candidate;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.Progress;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.testing.Snapshots;
import bpfbay.tui.cell.Glyphs;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.Looks;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A swap as it looks, from the candidates to what became of it. */
class SwapFramesTest {
    private static Driver at(int columns, int rows) {
        return new Driver(columns, rows).see(Snapshots.edge());
    }

    private static Driver planned(int columns, int rows, SwapPlan plan) {
        return Swapping.planned(at(columns, rows).press("s<ENTER>"), plan);
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "60,10"})
    void at_every_size(int columns, int rows) {
        String size = columns + "x" + rows;
        Frames.check(at(columns, rows).press("s"), "swap", "candidates-" + size);
        Frames.check(planned(columns, rows, Swapping.warned()), "swap", "plan-" + size);
        Frames.check(planned(columns, rows, Swapping.warned()).press("seth"), "swap", "typed-" + size);
        Driver done = planned(columns, rows, Swapping.warned()).press("seth0<ENTER>");
        Swapping.listed(done, Swapping.record(SwapRecord.Standing.PENDING));
        Frames.check(Swapping.ended(done, Swapping.pending()), "swap", "outcome-" + size);
        Frames.check(done.press("<ESC>"), "swap", "pending-" + size);
        Frames.check(swaps(at(columns, rows)).press("9"), "swap", "swaps-" + size);
    }

    private static Driver swaps(Driver driver) {
        return Swapping.listed(
                driver,
                Swapping.record("20261121-225107-3f", SwapRecord.Standing.PENDING, "eth0/xdp"),
                Swapping.record("20261121-223000-aa", SwapRecord.Standing.CONFIRMED, "eth1/xdp", "eth2/xdp"),
                Swapping.record("20261121-221500-07", SwapRecord.Standing.REVERTED, "lxc12a/tcx/ingress/1"),
                Swapping.record("20261121-220000-1c", SwapRecord.Standing.UNFINISHED, "eth0/tc/ingress/1:0x1"));
    }

    @Test
    void before_and_between() {
        Frames.check(at(80, 24).press("s<ENTER>"), "swap", "asking");
        Driver driver = planned(80, 24, Swapping.group()).press("s2<ENTER>");
        driver.on(new Event.Swap(
                new SwapNews.Stepped(new Progress.Step(Progress.Stage.COMMITTING, 1, 2, "lxc34b/tcx/ingress/1"))));
        Frames.check(driver, "swap", "progress");
        Frames.check(planned(80, 24, Swapping.warned()).press("set<ENTER>"), "swap", "wrong-phrase");
    }

    @Test
    void a_group() {
        Driver driver = at(80, 24).press("/cil_from_con<ENTER>  s");
        Frames.check(driver, "swap", "group-candidates");
        Frames.check(Swapping.planned(driver.press("<ENTER>"), Swapping.group()), "swap", "group-plan");
    }

    @Test
    void a_canary_and_a_probe() {
        Driver driver = at(80, 24).press("/cil_from_con<ENTER>  s<ENTER>");
        Frames.check(Swapping.planned(driver, Swapping.group()).press("f"), "swap", "canary");
        driver.press("j<ENTER>");
        Swapping.planned(driver, Swapping.group(Optional.of(new SwapRequest.Canary(1, Duration.ofSeconds(10)))));
        Frames.check(driver.press("b/usr/local/bin/pro"), "swap", "probe");
        SwapRequest before = Swapping.request(driver);
        SwapRequest probing =
                before.probing(new Guardians.Probe(Path.of("/usr/local/bin/probe"), Duration.ofSeconds(10)));
        driver.press("be<ENTER>").on(new Event.Swap(new SwapNews.Probed(before, probing)));
        Swapping.planned(driver, Swapping.group(probing.canary())).press("m");
        Frames.check(Swapping.planned(driver, Swapping.group(probing.canary())), "swap", "group-plan-wishes");
    }

    @Test
    void a_candidate_that_does_not_verify() {
        SwapPlan plan = Swapping.plan(
                new Candidate.OfObject(Path.of("build/fw.o"), Optional.of("xdp_fw")),
                List.of(
                        GuardResult.pass(GuardName.TARGET_UNCHANGED),
                        GuardResult.fail(
                                GuardName.CANDIDATE_VERIFIES, "BPF_PROG_LOAD: EACCES — R1 invalid mem access")),
                "func#0 @0\n0: R1=ctx() R10=fp0\n0: (61) r0 = *(u32 *)(r1 +0)\nR1 invalid mem access 'scalar'\n");
        Frames.check(planned(80, 24, plan), "swap", "refused");
        Frames.check(planned(80, 24, plan).press("s"), "swap", "refused-key");
    }

    @Test
    void maps_and_test_runs_are_chosen() {
        Driver driver = at(80, 24).press(":swap obj:build/fw.o:xdp_fw<ENTER>");
        Swapping.planned(
                driver,
                Swapping.plan(new Candidate.OfObject(Path.of("build/fw.o"), Optional.of("xdp_fw")), List.of(), ""));
        Frames.check(driver.press("r "), "swap", "maps");
        Frames.check(driver.press("<ESC>tj"), "swap", "test-run");
    }

    @Test
    void what_else_can_come_of_it() {
        Driver driver = at(80, 24);
        Frames.check(
                Swapping.ended(
                        driver,
                        new SwapOutcome.Stale(
                                Swapping.summary(), "BPF_LINK_UPDATE: EPERM — link 88 runs another program than 3815")),
                "swap",
                "stale");
        Frames.check(
                Swapping.ended(at(80, 24), new SwapOutcome.Failed(Swapping.summary(), "BPF_LINK_UPDATE: EINVAL")),
                "swap",
                "failed");
    }

    @Test
    void undoing_and_looking_back() {
        Driver driver = Swapping.listed(at(80, 24), Swapping.record(SwapRecord.Standing.CONFIRMED));
        Frames.check(driver.press("u"), "swap", "undo");
        Frames.check(swaps(at(80, 24)).press("9<ENTER>"), "swap", "one-swap");
        Frames.check(at(80, 24).press("9"), "swap", "no-swaps");
        Frames.check(
                Swapping.listed(
                                at(80, 24),
                                Swapping.record("a", SwapRecord.Standing.PENDING, "eth0/xdp"),
                                Swapping.record("b", SwapRecord.Standing.PENDING, "eth1/xdp"))
                        .press("c"),
                "swap",
                "confirm-which");
    }

    @Test
    void what_cannot_be_swapped_says_why() {
        Frames.check(at(80, 24).press("/tcp_connect<ENTER>s"), "swap", "refused-kind");
        Frames.check(new Driver(World.Conduct.READ_ONLY).see(Snapshots.edge()).press("s"), "swap", "read-only");
    }

    @Test
    void without_colours_and_line_drawing() {
        Driver driver = new Driver(new Looks(80, 24, Theme.MONO, Glyphs.ASCII)).see(Snapshots.edge());
        Frames.check(driver.press(" s"), "swap", "candidates-mono-ascii");
        Frames.check(Swapping.planned(driver.press("<ENTER>"), Swapping.warned()), "swap", "plan-mono-ascii");
    }
}
