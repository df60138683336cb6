package bpfbay.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What every outcome says, with what is attached read from the kernel at the end. */
final class Summaries {
    private Summaries() {}

    static SwapOutcome.Summary of(Ground ground, SwapPlan plan, List<String> notes) {
        States states = new States(ground.swapper());
        List<SwapOutcome.Place> places = new ArrayList<>();
        for (SwapPlan.Member member : plan.members()) {
            Optional<ProgramMark> from = member.from().map(ProgramMark::of);
            Optional<ProgramMark> to = plan.to().map(ProgramMark::of);
            String state = member.way() instanceof Way.Atomic atomic
                    ? states.read(member.ref(), atomic.place(), from, to).words()
                    : member.ref() + ": " + from.map(ProgramMark::label).orElse("as it was");
            places.add(new SwapOutcome.Place(
                    member.ref(), member.call(), member.attachment().linkId(), from, to, state));
        }
        return new SwapOutcome.Summary(plan.id(), places, plan.guards(), notes);
    }

    static SwapOutcome.Summary of(Ground ground, SwapRecord swap, List<String> notes) {
        States states = new States(ground.swapper());
        List<SwapOutcome.Place> places = new ArrayList<>();
        for (SwapRecord.Member member : swap.members()) {
            places.add(new SwapOutcome.Place(
                    member.ref(),
                    member.anchor().map(anchor -> Call.of(anchor.place().primitive())),
                    member.linkId(),
                    member.from(),
                    member.to(),
                    states.read(member).words()));
        }
        return new SwapOutcome.Summary(swap.id(), places, List.of(), notes);
    }
}
