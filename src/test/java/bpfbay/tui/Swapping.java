package bpfbay.tui;

import bpfbay.kernel.Primitive;
import bpfbay.kernel.SwapPlace;
import bpfbay.model.Attachment;
import bpfbay.model.Snapshot;
import bpfbay.swap.Call;
import bpfbay.swap.Candidate;
import bpfbay.swap.GuardName;
import bpfbay.swap.GuardResult;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import bpfbay.swap.ProgramMark;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRecord;
import bpfbay.swap.SwapRequest;
import bpfbay.swap.Way;
import bpfbay.testing.Snapshots;
import bpfbay.tui.state.Effect;
import bpfbay.tui.state.Event;
import bpfbay.tui.state.SwapNews;
import bpfbay.tui.state.SwapWish;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** An engine's answers, as the screen hears them. */
final class Swapping {
    static final String ID = "20261121-225107-3f";
    static final ProgramMark OLD = new ProgramMark(3815, "xdp_fw", "08a6f247aa11bb22");
    static final ProgramMark NEW = new ProgramMark(4027, "xdp_fw", "51f06b1dcc33dd44");

    private Swapping() {}

    /** The wishes that were made of the engine. */
    static List<SwapWish> wishes(Driver driver) {
        List<SwapWish> wishes = new ArrayList<>();
        for (Effect effect : driver.effects()) {
            if (effect instanceof Effect.Swap swap) {
                wishes.add(swap.wish());
            }
        }
        return wishes;
    }

    static SwapWish last(Driver driver) {
        List<SwapWish> wishes = wishes(driver);
        return wishes.get(wishes.size() - 1);
    }

    /** Answers the wish for a plan that was made last. */
    static Driver planned(Driver driver, SwapPlan plan) {
        SwapWish.Plan wish = (SwapWish.Plan) last(driver);
        return driver.on(new Event.Swap(answer(wish.request(), plan)));
    }

    static SwapNews.Planned answer(SwapRequest request, SwapPlan plan) {
        SwapPlan asked = asked(request, plan);
        return new SwapNews.Planned(request, asked, new SwapOutcome.Planned(summary(), asked, ""));
    }

    /** With what the request wishes for, as the engine's plan has it. */
    private static SwapPlan asked(SwapRequest request, SwapPlan plan) {
        return new SwapPlan(
                plan.id(),
                plan.candidate(),
                request.pins() == SwapRequest.Pins.KEEP
                        ? plan.members()
                        : plan.members().stream().map(Swapping::carrying).toList(),
                plan.to(),
                plan.guards(),
                plan.window(),
                plan.canary(),
                request.probeCommand(),
                request.pins(),
                plan.phrase(),
                plan.verifierLog());
    }

    private static SwapPlan.Member carrying(SwapPlan.Member member) {
        return new SwapPlan.Member(
                member.attachment(), member.way(), member.from(), member.facts(), List.of("/sys/fs/bpf/fw/old"));
    }

    static Driver ended(Driver driver, SwapOutcome outcome) {
        return driver.on(new Event.Swap(new SwapNews.Ended(outcome)));
    }

    static Driver listed(Driver driver, SwapRecord... records) {
        return driver.on(new Event.Swap(new SwapNews.Listed(List.of(records))));
    }

    static SwapRequest request(Driver driver) {
        return ((SwapWish.Plan) last(driver)).request();
    }

    /** Eth0's XDP, with warnings, by a program that is loaded. */
    static SwapPlan warned() {
        return plan(new Candidate.OfProgram(4027), guards(), "");
    }

    static SwapPlan of(GuardResult... guards) {
        return plan(new Candidate.OfProgram(4027), List.of(guards), "");
    }

    private static List<GuardResult> guards() {
        return List.of(
                GuardResult.pass(GuardName.TARGET_UNCHANGED, "eth0/xdp runs xdp_fw #3815"),
                GuardResult.pass(GuardName.CANDIDATE_FITS_HOOK),
                GuardResult.pass(GuardName.CANDIDATE_VERIFIES, "it is loaded"),
                GuardResult.pass(GuardName.CANDIDATE_DIFFERS),
                GuardResult.pass(GuardName.PLACE),
                GuardResult.warn(
                        GuardName.MAPS,
                        "cnt #25 → #31: re-created empty, the live one has 1 entry",
                        "xdp_fw.rodata #26: shared"),
                GuardResult.notApplicable(GuardName.TAIL_CALLS, "neither program has a program array"),
                GuardResult.notApplicable(GuardName.TEST_RUN, "not asked for; t runs it"),
                GuardResult.warn(GuardName.OWNER, "xdpd 812 holds the link and may put its own back"),
                GuardResult.warn(
                        GuardName.MANAGEMENT_INTERFACE, "SSH comes in through eth0: 192.0.2.1:22 from 192.0.2.9"),
                GuardResult.pass(GuardName.WAY_BACK, "pinned in /sys/fs/bpf/bpfbay/" + ID),
                GuardResult.pass(GuardName.LOCK));
    }

    static SwapPlan plan(Candidate candidate, List<GuardResult> guards, String log) {
        Snapshot edge = Snapshots.edge();
        return new SwapPlan(
                ID,
                candidate,
                List.of(member(edge, "eth0/xdp", Primitive.XDP_LINK, 88)),
                log.isEmpty() ? edge.program(4027) : Optional.empty(),
                guards,
                Optional.of(new SwapPlan.Window(Duration.ofSeconds(60), SwapPlan.Window.Wish.DEFAULT)),
                Optional.empty(),
                Optional.empty(),
                SwapRequest.Pins.KEEP,
                "eth0",
                log);
    }

    private static SwapPlan.Member member(Snapshot snapshot, String ref, Primitive primitive, int link) {
        Attachment attachment = snapshot.attachments().stream()
                .filter(a -> a.ref().equals(ref))
                .findFirst()
                .orElseThrow();
        return new SwapPlan.Member(
                attachment,
                new Way.Atomic(
                        new SwapPlace.OfLink(primitive, link),
                        primitive == Primitive.XDP_LINK
                                ? Optional.of("seen without a gap on veth, not tried on the driver of eth0")
                                : Optional.empty()),
                snapshot.program(attachment.progId().orElseThrow()),
                List.of("link " + link, "owner xdpd 812"),
                List.of());
    }

    /** Two containers at once. */
    static SwapPlan group() {
        return group(Optional.empty());
    }

    static SwapPlan group(Optional<SwapRequest.Canary> canary) {
        Snapshot edge = Snapshots.edge();
        return new SwapPlan(
                ID,
                new Candidate.OfProgram(977),
                List.of(
                        member(edge, "lxc12a/tcx/ingress/1", Primitive.TCX_LINK, 100),
                        member(edge, "lxc34b/tcx/ingress/1", Primitive.TCX_LINK, 101)),
                edge.program(977),
                List.of(GuardResult.pass(GuardName.LOCK)),
                Optional.empty(),
                canary,
                Optional.empty(),
                SwapRequest.Pins.KEEP,
                "2",
                "");
    }

    static SwapOutcome.Summary summary() {
        return new SwapOutcome.Summary(
                ID,
                List.of(new SwapOutcome.Place(
                        "eth0/xdp",
                        Optional.of(Call.of(Primitive.XDP_LINK)),
                        OptionalInt.of(88),
                        Optional.of(OLD),
                        Optional.of(NEW),
                        "eth0/xdp runs xdp_fw #4027")),
                guards(),
                List.of("pin /sys/fs/bpf/fw/xdp names the link and needs no change"));
    }

    static SwapOutcome.Pending pending() {
        return new SwapOutcome.Pending(summary(), Driver.NOW.plusSeconds(47));
    }

    static SwapRecord record(SwapRecord.Standing standing) {
        return record(ID, standing, "eth0/xdp");
    }

    static SwapRecord record(String id, SwapRecord.Standing standing, String... refs) {
        boolean isPending = standing == SwapRecord.Standing.PENDING;
        List<SwapRecord.Member> members = new ArrayList<>();
        for (String ref : refs) {
            members.add(new SwapRecord.Member(
                    members.size(),
                    ref,
                    "xdp_link",
                    Optional.empty(),
                    OptionalInt.of(88),
                    Optional.of(OLD),
                    Optional.of(NEW),
                    isPending ? JournalEvent.PENDING : JournalEvent.VERIFIED));
        }
        Instant begun = Driver.NOW.minusSeconds(13);
        return new SwapRecord(
                id,
                Snapshots.edge().host().bootId(),
                begun,
                begun.plusMillis(3),
                isPending ? JournalEvent.PENDING : JournalEvent.VERIFIED,
                new JournalEntry.By(4242, "bpfbay", "root"),
                members,
                standing,
                isPending ? Optional.of(Driver.NOW.plusSeconds(47)) : Optional.empty(),
                isPending ? OptionalInt.of(4250) : OptionalInt.empty(),
                standing == SwapRecord.Standing.REVERTED ? "nobody confirmed it in time" : "");
    }
}
