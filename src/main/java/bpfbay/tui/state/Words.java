package bpfbay.tui.state;

import bpfbay.model.Attachment;
import bpfbay.model.NetNamespace;
import bpfbay.model.Snapshot;
import bpfbay.swap.SwapRecord;
import bpfbay.tui.cell.Theme;
import bpfbay.tui.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The words that may follow a command, as far as the state knows them. */
final class Words {
    private Words() {}

    static List<String> after(State state, Command command) {
        return switch (command) {
            case SORT ->
                state.desk().table().columns().stream().map(Column::word).toList();
            case NETNS -> namespaces(state);
            case THEME -> themes();
            case STATS -> samplings();
            case GOTO -> refs(state);
            case PATH -> interfaces(state);
            case CONFIRM, UNDO ->
                state.swaps().records().stream().map(SwapRecord::id).toList();
            case SWAP -> CandidateMenu.words(state);
            default -> List.of();
        };
    }

    static List<String> themes() {
        return Arrays.stream(Theme.values()).map(Theme::label).toList();
    }

    static List<String> samplings() {
        return Arrays.stream(Sampling.values()).map(Sampling::label).toList();
    }

    static List<String> namespaces(State state) {
        return Stream.concat(
                        Stream.of("all"),
                        snapshot(state).flatMap(s -> s.namespaces().stream()).map(NetNamespace::label))
                .toList();
    }

    static List<String> refs(State state) {
        return snapshot(state)
                .flatMap(s -> s.attachments().stream())
                .map(Attachment::ref)
                .toList();
    }

    static List<String> interfaces(State state) {
        return snapshot(state)
                .flatMap(s -> s.interfaces().stream().map(device -> Things.label(s, device)))
                .toList();
    }

    static String suffix(Effect.Format format) {
        return switch (format) {
            case TEXT -> ".txt";
            default -> "." + format.name().toLowerCase(Locale.ROOT);
        };
    }

    private static Stream<Snapshot> snapshot(State state) {
        return state.world().shown().snapshot().stream();
    }
}
