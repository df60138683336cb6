package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.model.Attachment;
import bpfbay.model.Nearest;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Ref;
import bpfbay.model.RefSyntaxException;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.table.Column;
import bpfbay.tui.table.Filter;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.table.Sort;
import bpfbay.tui.table.View;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Runs what was typed after the colon. Everything it needs is in the state, so that it never waits. */
final class CommandLine {
    private CommandLine() {}

    static Step run(State state, String line) {
        String[] parts = line.split("\\s+", 2);
        String argument = parts.length > 1 ? parts[1].strip() : "";
        Optional<Command> command = Command.byWord(parts[0]);
        if (command.isEmpty()) {
            return unknown(
                    state,
                    "command",
                    parts[0],
                    Arrays.stream(Command.values()).map(Command::word).toList());
        }
        Command found = command.get();
        if (!argument.isEmpty() && found.argument().isEmpty()) {
            return wrong(state, found.word() + " takes no argument");
        }
        Optional<String> why = found.whyDisabled(state);
        if (why.isPresent()) {
            return wrong(state, why.get());
        }
        return argument.isEmpty() ? bare(state, found) : run(state, found, argument);
    }

    /** A word alone does what its key does. */
    private static Step bare(State state, Command command) {
        return switch (command) {
            case EXPORT -> wrong(state, "export needs a file, ending in .txt .json .svg or .png");
            case GOTO -> wrong(state, "goto needs a ref, such as eth0/xdp");
            case FILTER -> Step.to(Actions.filter(state, ""));
            default -> Keys.run(state, command);
        };
    }

    private static Step run(State state, Command command, String argument) {
        return switch (command) {
            case FILTER -> Step.to(Actions.filter(state, argument));
            case SORT -> sort(state, argument);
            case NETNS -> netns(state, argument);
            case THEME ->
                Theme.byLabel(argument)
                        .map(theme -> Step.to(state.with(state.looks().in(theme))))
                        .orElseGet(() -> unknown(state, "theme", argument, Words.themes()));
            case STATS ->
                Sampling.byLabel(argument)
                        .map(mode -> Actions.stats(state, mode))
                        .orElseGet(() -> unknown(state, "mode", argument, Words.samplings()));
            case EXPORT -> export(state, argument);
            case GOTO -> go(state, argument);
            case PATH -> path(state, argument);
            case SWAP -> SwapActions.swap(state, argument);
            case CONFIRM -> SwapActions.confirm(state, argument);
            case UNDO -> SwapActions.undo(state, argument);
            default -> Keys.run(state, command);
        };
    }

    private static Step sort(State state, String argument) {
        String[] parts = argument.toLowerCase(Locale.ROOT).split("\\s+", 2);
        boolean isDown = parts.length > 1 && parts[1].equals("desc");
        String column = isDown ? parts[0] : argument.toLowerCase(Locale.ROOT);
        List<Column> columns = state.desk().table().columns();
        Optional<Sort> sort = columns.stream()
                .filter(c -> c.word().equals(column))
                .findFirst()
                .map(c -> Sort.by(c.title()));
        if (sort.isEmpty()) {
            return unknown(
                    state, "column", column, columns.stream().map(Column::word).toList());
        }
        return Step.to(Actions.sort(state, isDown ? sort.get().reversed() : sort.get()));
    }

    private static Step netns(State state, String argument) {
        if (argument.equals("all")) {
            return Step.to(Actions.within(state, NetnsChoice.ALL));
        }
        Optional<NetNamespace> found = state.world().shown().snapshot().stream()
                .flatMap(s -> Refs.namespace(argument, s.namespaces()).stream())
                .findFirst();
        return found.map(n -> Step.to(Actions.within(state, NetnsChoice.of(n.inode()))))
                .orElseGet(() -> unknown(state, "network namespace", argument, Words.namespaces(state)));
    }

    private static Step export(State state, String file) {
        String lower = file.toLowerCase(Locale.ROOT);
        for (Effect.Format format : Effect.Format.values()) {
            if (lower.endsWith(Words.suffix(format))) {
                return Step.to(state, new Effect.Export(file, format));
            }
        }
        return wrong(state, "a file to write must end in .txt .json .svg or .png");
    }

    static Step go(State state, String ref) {
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        Optional<Attachment> found;
        try {
            Ref wanted = Ref.parse(ref);
            found = snapshot.flatMap(s -> Refs.resolve(wanted, s));
        } catch (RefSyntaxException e) {
            return wrong(state, String.valueOf(e.getMessage()));
        }
        if (found.isEmpty()) {
            return unknown(state, "ref", ref, Words.refs(state));
        }
        State all = state.with(state.desk().filtered(Filter.NONE).within(NetnsChoice.ALL));
        State shown = Actions.show(all, View.ATTACHMENTS);
        Cursor cursor = shown.desk().cursor().to(shown.desk().table(), Identity.of(found.get()), shown.bodyHeight());
        return Step.to(shown.with(shown.desk().withCursor(cursor)));
    }

    private static Step path(State state, String name) {
        Optional<NetInterface> device = state.world().shown().snapshot().flatMap(s -> Things.device(s, name));
        return device.map(d -> Step.to(Actions.path(state, d)))
                .orElseGet(() -> unknown(state, "interface", name, Words.interfaces(state)));
    }

    private static Step unknown(State state, String what, String word, List<String> known) {
        String near =
                Nearest.to(word, known).map(n -> "; did you mean " + n + "?").orElse("");
        return wrong(state, "no " + what + " " + word + near);
    }

    private static Step wrong(State state, String text) {
        return Step.to(state.told(text, Notice.Tone.WARNING));
    }
}
