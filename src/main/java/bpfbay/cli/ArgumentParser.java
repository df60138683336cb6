package bpfbay.cli;

import bpfbay.model.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/*
 * A parser of our own: a general one (picocli, built without annotations) was measured at 70 to 100 ms of a
 * cold start, more than all the rest of a snapshot, and its classes cannot go into a start-up archive.
 */
/** Reads a command line by the table of commands. */
final class ArgumentParser {
    private static final Set<Command.Operand.Need> NEEDED =
            Set.of(Command.Operand.Need.REQUIRED, Command.Operand.Need.NUMBERED);

    private final List<String> arguments;
    private final Map<Option, String> options = new EnumMap<>(Option.class);
    private final List<String> operands = new ArrayList<>();

    private ArgumentParser(List<String> arguments) {
        this.arguments = arguments;
    }

    static Invocation parse(List<String> arguments) {
        return new ArgumentParser(arguments).parse();
    }

    private Invocation parse() {
        if (arguments.isEmpty()) {
            return new Invocation(Command.TUI, Map.of(), List.of());
        }
        String first = arguments.get(0);
        if (first.equals("--version")) {
            return new Invocation(Command.VERSION, Map.of(), List.of());
        } else if (first.equals("--help") || first.equals("-h")) {
            return new Invocation(Command.HELP, Map.of(), List.of());
        } else if (first.startsWith("-")) {
            return screen();
        }
        Optional<Command> command = Command.of(first);
        if (command.isEmpty()) {
            throw unknown("unknown command", first, commands());
        }
        return arguments(command.get(), 1);
    }

    /** Options alone are the screen's; a command behind them was meant to come first. */
    private Invocation screen() {
        for (String argument : arguments) {
            if (Command.of(argument).isPresent()) {
                throw new UsageException("options follow the command: bpfbay " + argument + " …");
            }
        }
        return arguments(Command.TUI, 0);
    }

    private Invocation arguments(Command command, int start) {
        boolean onlyOperands = false;
        for (int i = start; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (onlyOperands || argument.equals("-") || !argument.startsWith("-")) {
                operands.add(argument);
            } else if (argument.equals("--")) {
                onlyOperands = true;
            } else if (argument.equals("--help") || argument.equals("-h")) {
                return new Invocation(Command.HELP, Map.of(), List.of(command.word()));
            } else {
                i += option(command, argument, i);
            }
        }
        check(command);
        return new Invocation(command, options, operands);
    }

    /** Takes one option; returns how many further arguments belong to it. */
    private int option(Command command, String argument, int at) {
        int equals = argument.indexOf('=');
        String word = equals < 0 ? argument : argument.substring(0, equals);
        Option option = named(command, word);
        if (options.containsKey(option)) {
            throw new UsageException(command.word() + ": " + word + " is given twice");
        } else if (!option.takesValue()) {
            if (equals >= 0) {
                throw new UsageException(command.word() + ": " + word + " takes no value");
            }
            options.put(option, "");
            return 0;
        }
        boolean isNext = equals < 0;
        if (isNext && at + 1 == arguments.size()) {
            throw new UsageException(command.word() + ": " + word + " needs a value: " + option.value());
        }
        String value = isNext ? arguments.get(at + 1) : argument.substring(equals + 1);
        if (!option.choices().isEmpty() && !option.choices().contains(value)) {
            throw unknown(command.word() + ": unknown " + word.substring(2), value, option.choices());
        }
        options.put(option, value);
        return isNext ? 1 : 0;
    }

    private static Option named(Command command, String word) {
        List<String> words = new ArrayList<>();
        for (Option option : command.options()) {
            if (option.word().equals(word)) {
                return option;
            }
            words.add(option.word());
        }
        throw unknown(command.word() + ": unknown option", word, words);
    }

    private void check(Command command) {
        Command.Operand operand = command.operand();
        int most =
                switch (operand.need()) {
                    case NONE -> 0;
                    case OPTIONAL, REQUIRED -> 1;
                    case NUMBERED -> 2;
                    case ANY -> Integer.MAX_VALUE;
                };
        if (operands.size() > most) {
            String extra = operands.get(most);
            throw new UsageException(command.word() + ": unexpected '" + extra + "'");
        } else if (operands.isEmpty() && NEEDED.contains(operand.need())) {
            throw new UsageException(command.word() + ": needs " + operand.label());
        } else if (!operands.isEmpty()
                && !operand.choices().isEmpty()
                && !operand.choices().contains(operands.get(0))) {
            throw unknown(command.word() + ": unknown action", operands.get(0), operand.choices());
        }
    }

    static UsageException unknown(String what, String word, Collection<String> known) {
        return new UsageException(what + " '" + word + "'"
                + Nearest.to(word, known)
                        .map(near -> ": did you mean '" + near + "'?")
                        .orElse(known.isEmpty() || known.size() > 12 ? "" : ": there is " + String.join(", ", known)));
    }

    static List<String> commands() {
        List<String> words = new ArrayList<>();
        for (Command command : Command.values()) {
            words.add(command.word());
        }
        return words;
    }
}
