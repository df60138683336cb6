package bpfbay.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.Attachment;
import bpfbay.model.Program;
import bpfbay.model.Snapshot;
import bpfbay.swap.Call;
import bpfbay.swap.Candidate;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.Recovery;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRequest;
import bpfbay.swap.Way;
import bpfbay.testing.Snapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SwapTextTest {
    private static final Snapshot EDGE = Snapshots.edge();
    private static final Attachment FIRST = EDGE.attachments().get(0);
    private static final Program FROM = EDGE.program(FIRST.progId().getAsInt()).orElseThrow();
    private static final ProgramMark OLD = new ProgramMark(3815, "xdp_fw", "9af1c02e00000000");
    private static final ProgramMark NEW = new ProgramMark(4027, "xdp_fw", "51f06b1d00000000");

    @Test
    void a_plan_names_target_candidate_way_window_and_every_guard() {
        String text = SwapText.of(plan(1, ""));
        assertTrue(text.startsWith("swap  " + FIRST.ref() + "   compare-and-swap   20261121-114517-3f\nfrom  "), text);
        assertTrue(
                text.contains("\nby    BPF_LINK_UPDATE, expected program #" + Integer.toUnsignedString(FROM.id())
                        + "; not tried on driver mlx5\n"),
                text);
        assertTrue(text.contains("\nthen  reverts in 60s unless confirmed\n"), text);
        assertTrue(text.contains("\nok    target-unchanged\n"), text);
        assertTrue(
                text.contains("\nwarn  maps                  cnt #25 → new: empty, the live one has 1 entry\n"), text);
        assertTrue(text.contains("\n                            blocked #26: shared\n"), text);
    }

    @Test
    void a_group_is_counted_and_its_first_members_are_named() {
        String text = SwapText.of(plan(40, ""));
        assertTrue(text.startsWith("swap  40 places, all or none"), text);
        assertTrue(text.contains("… and 32 more"), text);
        assertEquals(1, text.lines().filter(line -> line.startsWith("by ")).count());
    }

    @Test
    void a_blocked_plan_ends_with_the_verifier_s_last_words_escaped() {
        String log = IntStream.range(0, 300)
                        .mapToObj(i -> i + ": (bf) r" + i)
                        .reduce((a, b) -> a + "\n" + b)
                        .get() + "\ninvalid \u001b[2J access\n";
        String text = SwapText.of(plan(1, log, GuardResult.fail(GuardName.CANDIDATE_VERIFIES, "the verifier says no")));
        assertTrue(text.contains("fail  candidate-verifies    the verifier says no\n"), text);
        assertFalse(text.contains("\u001b"), text);
        assertFalse(text.contains("  3: (bf) r3\n"), text);
        assertTrue(text.lines().reduce((a, b) -> b).orElseThrow().contains("invalid "), text);
    }

    @Test
    void an_outcome_says_what_is_attached_now_and_how_to_go_on() {
        String text = SwapText.of(new SwapOutcome.Pending(summary(1), Instant.parse("2026-11-21T11:46:17Z")));
        assertTrue(text.startsWith("pending eth0/xdp xdp_fw #3815 → xdp_fw #4027   20261121-114517-3f\n"), text);
        assertTrue(text.contains("bpfbay confirm 20261121-114517-3f keeps it"), text);
        assertTrue(text.contains("  now   eth0/xdp has xdp_fw #4027\n"), text);
        String stale = SwapText.of(new SwapOutcome.Stale(summary(12), "somebody else changed eth0/xdp"));
        assertTrue(stale.contains("  why   somebody else changed eth0/xdp\n"), stale);
        assertTrue(stale.contains("… and 4 more places"), stale);
    }

    @Test
    void recoveries_say_what_was_found_and_done() {
        assertEquals("nothing to recover\n", SwapText.ofRecoveries(List.of()));
        assertEquals(
                "20261121-114517-3f  new\n  now   eth0/xdp has xdp_fw #4027\n  done  put xdp_fw #3815 back\n",
                SwapText.ofRecoveries(List.of(new Recovery(
                        "20261121-114517-3f",
                        Recovery.State.NEW,
                        List.of("eth0/xdp has xdp_fw #4027"),
                        "put xdp_fw #3815 back"))));
    }

    private static SwapOutcome.Summary summary(int places) {
        return new SwapOutcome.Summary(
                "20261121-114517-3f",
                Collections.nCopies(
                        places,
                        new SwapOutcome.Place(
                                "eth0/xdp",
                                Optional.of(Call.of(Primitive.XDP_LINK)),
                                OptionalInt.of(88),
                                Optional.of(OLD),
                                Optional.of(NEW),
                                "eth0/xdp has xdp_fw #4027")),
                List.of(GuardResult.pass(GuardName.LOCK)),
                List.of("no run within a second"));
    }

    private static SwapPlan plan(int members, String log, GuardResult... more) {
        SwapPlan.Member member = new SwapPlan.Member(
                FIRST,
                new Way.Atomic(new SwapPlace.OfLink(Primitive.XDP_LINK, 88), Optional.of("not tried on driver mlx5")),
                Optional.of(FROM),
                List.of("link 88", "owner xdpd 812"),
                List.of());
        List<GuardResult> guards = more.length > 0
                ? List.of(more)
                : List.of(
                        GuardResult.pass(GuardName.TARGET_UNCHANGED),
                        GuardResult.warn(
                                GuardName.MAPS,
                                "cnt #25 → new: empty, the live one has 1 entry",
                                "blocked #26: shared"));
        return new SwapPlan(
                "20261121-114517-3f",
                new Candidate.OfProgram(4027),
                Collections.nCopies(members, member),
                Optional.of(FROM),
                guards,
                Optional.of(new SwapPlan.Window(Duration.ofSeconds(60), SwapPlan.Window.Wish.DEFAULT)),
                Optional.empty(),
                Optional.empty(),
                SwapRequest.Pins.KEEP,
                "eth0",
                log);
    }
}
