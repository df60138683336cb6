package bpfbay.tui.view;

import bpfbay.swap.Call;
import bpfbay.swap.SwapPlan;
import bpfbay.tui.cell.Canvas;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.state.Frame;
import bpfbay.tui.state.Page;
import bpfbay.tui.state.State;
import bpfbay.tui.table.Units;
import java.util.List;
import java.util.Optional;

/** A page of lines under its title. */
final class TextView {
    private TextView() {}

    static void draw(State state, Canvas canvas, Frame frame) {
        List<Line> lines = state.desk().text();
        int height = frame.bodyHeight(state.desk().page());
        int top = state.desk().cursor().top();
        title(title(state), state, canvas, frame, top + height, top, lines.size());
        for (int i = 0; i < height && top + i < lines.size(); i++) {
            int x = 0;
            for (Line.Span span : lines.get(top + i).spans()) {
                x = canvas.put(x, frame.bodyTop() + i, span.text(), span.ink());
            }
        }
    }

    /** The title in its rule, and at its end how much of all lines was seen. */
    static void title(String title, State state, Canvas canvas, Frame frame, int seen, int top, int all) {
        int y = frame.bodyTop() - 1;
        canvas.fill(0, y, canvas.columns(), "─", Ink.DIM);
        String more = all > seen || top > 0 ? " " + Math.min(seen, all) + "/" + all + " " : "";
        int room = canvas.columns() - more.length() - 3;
        canvas.put(1, y, " " + canvas.fit(title, room - 2) + " ", isAlarming(state) ? Ink.WARN : Ink.TITLE, room);
        canvas.putRight(canvas.columns() - 1, y, more, Ink.DIM, more.length());
    }

    private static boolean isAlarming(State state) {
        return state.desk().page() instanceof Page.Planning planning
                && planning.plan().filter(SwapPlan::isBlocked).isPresent();
    }

    private static String title(State state) {
        Page page = state.desk().page();
        if (page instanceof Page.Details details) {
            return details.last()
                    .thing()
                    .match(
                            attachment -> attachment.ref(),
                            program -> "program " + program.object() + " " + program.name(),
                            link -> "link " + link.object(),
                            map -> "map " + map.object() + " " + map.name(),
                            pin -> pin.path());
        }
        Optional<String> swap = swap(page);
        if (swap.isPresent()) {
            return swap.get();
        }
        if (page instanceof Page.Found found) {
            return "finding: " + found.finding().code().label();
        } else if (page instanceof Page.Happened happened) {
            return "what happened, "
                    + Units.moment(happened.occurrence().at(), state.world().now());
        }
        return page instanceof Page.Problems ? "What could not be seen" : "Keys and commands";
    }

    private static Optional<String> swap(Page page) {
        if (page instanceof Page.Planning planning) {
            return Optional.of("swap " + planning.aim().label()
                    + planning.plan().map(TextView::safety).orElse(": asking the guards"));
        } else if (page instanceof Page.Unplanned unplanned) {
            return Optional.of(unplanned.what() + ": no plan");
        } else if (page instanceof Page.Working working) {
            return Optional.of(working.what());
        } else if (page instanceof Page.Outcome outcome) {
            return Optional.of("swap: " + outcome.outcome().word());
        }
        return page instanceof Page.Swapped swapped ? Optional.of("swap " + swapped.id()) : Optional.empty();
    }

    /** Who finds out that somebody else was faster. */
    private static String safety(SwapPlan plan) {
        if (plan.isBlocked()) {
            return ": REFUSED";
        }
        return plan.members().stream()
                .flatMap(member -> member.call().stream())
                .map(Call::safety)
                .findFirst()
                .map(safety -> ": " + safety + warnings(plan.warned().size()))
                .orElse("");
    }

    private static String warnings(int count) {
        return count == 0 ? "" : count == 1 ? ", 1 warning" : ", " + count + " warnings";
    }
}
