package bpfbay.cli;

import bpfbay.export.Escaper;
import bpfbay.export.SwapJson;
import bpfbay.export.SwapText;
import bpfbay.kernel.Kernel;
import bpfbay.kernel.Loading;
import bpfbay.model.Snapshot;
import bpfbay.swap.Consent;
import bpfbay.swap.GuardName;
import bpfbay.swap.PreparedSwap;
import bpfbay.swap.Progress;
import bpfbay.swap.SwapEngine;
import bpfbay.swap.SwapOutcome;
import bpfbay.swap.SwapPlan;
import bpfbay.swap.SwapRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code bpfbay swap}: the plan is shown, somebody says yes, the engine does it. */
record SwapCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        SwapArguments arguments = new SwapArguments(invocation);
        SwapRequest request = arguments.request();
        Set<GuardName> accepted = arguments.accepted();
        requireSomebodyToAsk();
        try (Kernel kernel = surroundings.kernels().open(Loading.NOTHING)) {
            Snapshot snapshot = Picture.take(kernel, surroundings);
            if (Picture.isDenied(snapshot)) {
                Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
                return ExitCode.NOT_POSSIBLE;
            }
            SwapEngine engine = surroundings.kernels().engine(kernel, StateDir.of(invocation), surroundings.clock());
            try (OneAtATime prepared = new OneAtATime(engine.plan(request, snapshot))) {
                return invocation.has(Option.DRY_RUN)
                        ? planned(engine, prepared.swap())
                        : commit(engine, prepared, accepted);
            }
        }
    }

    private void requireSomebodyToAsk() {
        if (!invocation.has(Option.DRY_RUN)
                && !invocation.has(Option.YES)
                && !surroundings.prompt().isThere()) {
            throw invocation.wrong("nobody to ask: without a terminal --yes is needed");
        }
    }

    private ExitCode planned(SwapEngine engine, PreparedSwap prepared) {
        SwapOutcome.Planned outcome = engine.planned(prepared);
        if (invocation.has(Option.JSON)) {
            SwapJson.write(outcome, surroundings.out());
        } else {
            Output.print(surroundings.out(), SwapText.of(prepared.plan()));
        }
        return prepared.plan().isBlocked() ? ExitCode.BAD_NEWS : ExitCode.DONE;
    }

    private ExitCode commit(SwapEngine engine, OneAtATime prepared, Set<GuardName> accepted) {
        SwapPlan plan = prepared.swap().plan();
        if (!invocation.has(Option.JSON) || surroundings.prompt().isThere()) {
            Output.print(surroundings.err(), SwapText.of(plan));
        }
        Optional<Consent> consent = plan.isBlocked()
                ? Optional.of(new Consent.Given(accepted))
                : invocation.has(Option.YES) ? Optional.of(given(plan, accepted)) : asked(plan);
        if (consent.isEmpty()) {
            Output.print(surroundings.err(), "bpfbay: nothing was swapped\n");
            return ExitCode.BAD_NEWS;
        }
        SwapOutcome outcome = prepared.commit(() -> engine.commit(prepared.swap(), consent.get(), this::progress));
        SwapReport.print(outcome, invocation, surroundings);
        return SwapReport.code(outcome);
    }

    /** What must be said beforehand where nobody is asked. */
    private Consent given(SwapPlan plan, Set<GuardName> accepted) {
        if (plan.isPositional() && !invocation.has(Option.EXPECT)) {
            throw invocation.wrong("a position may drift: with --yes it needs --expect prog:ID or tag:T");
        }
        if (plan.window().filter(w -> w.wish() == SwapPlan.Window.Wish.DEFAULT).isPresent()) {
            throw invocation.wrong("say --confirm-within TIME or --no-confirm: "
                    + plan.guard(GuardName.MANAGEMENT_INTERFACE)
                            .flatMap(guard -> guard.evidence().stream().findFirst())
                            .orElse("this swap would usually have to be confirmed"));
        }
        return new Consent.Given(accepted);
    }

    private Optional<Consent> asked(SwapPlan plan) {
        Optional<String> line = surroundings
                .prompt()
                .ask("type " + Escaper.escape(plan.phrase()) + " to swap, anything else to leave: ");
        return line.map(String::strip)
                .filter(typed -> typed.equals(plan.phrase()))
                .map(Consent.Typed::new);
    }

    private static String word(Progress.Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A group's way, a line every so often; one place is done before a line could be read. */
    private void progress(Progress.Step step) {
        if (step.members() > 1 && (step.stage() == Progress.Stage.SOAKING || step.done() == step.members())) {
            Output.print(
                    surroundings.err(),
                    word(step.stage()) + " " + step.done() + " of " + step.members() + "  "
                            + Escaper.escape(step.words()) + "\n");
        }
    }
}
