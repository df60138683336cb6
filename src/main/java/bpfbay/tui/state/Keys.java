package bpfbay.tui.state;

import java.util.Optional;

/** What a key does. */
final class Keys {
    private Keys() {}

    static Step apply(State state, Key key) {
        if (state.prompt().isPresent()) {
            return Prompts.apply(state, state.prompt().get(), key);
        }
        Optional<Command> command = Command.of(key, state);
        if (command.isEmpty()) {
            return Step.to(state);
        }
        return run(state.quiet(), command.get());
    }

    /** The command, or the reason why it does nothing now. */
    static Step run(State state, Command command) {
        return command.whyDisabled(state)
                .map(why -> Step.to(state.told(why)))
                .orElseGet(() -> Actions.run(state, command));
    }
}
