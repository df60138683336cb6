package bpfbay.cli;

import java.util.Optional;

/** No terminal that could be asked; a command that does so fails. */
final class NobodyThere implements Prompt {
    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public Optional<String> ask(String question) {
        throw new AssertionError("nobody is there: " + question);
    }
}
