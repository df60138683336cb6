package bpfbay.tui.state;

import java.util.ArrayList;
import java.util.List;

/** The next state and what it wishes for. */
public record Step(State state, List<Effect> effects) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step to(State state) {
        return new Step(state, List.of());
    }

    static Step to(State state, Effect effect) {
        return new Step(state, List.of(effect));
    }

    Step and(Effect effect) {
        List<Effect> more = new ArrayList<>(effects);
        more.add(effect);
        return new Step(state, more);
    }
}
