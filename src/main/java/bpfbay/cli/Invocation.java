package bpfbay.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One command as it was called. Options without a value have an empty one. */
record Invocation(Command command, Map<Option, String> options, List<String> operands) {
    Invocation {
        options = Map.copyOf(options);
        operands = List.copyOf(operands);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    Optional<String> operand() {
        return operands.isEmpty() ? Optional.empty() : Optional.of(operands.get(0));
    }

    UsageException wrong(String why) {
        return new UsageException(command.word() + ": " + why);
    }
}
