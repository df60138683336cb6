package bpfbay.export;

import bpfbay.history.Comparison;
import bpfbay.history.Difference;
import bpfbay.model.Snapshot;
import bpfbay.model.Utc;
import java.util.List;

/** What differs between two pictures, a block each, as people read differences. */
public final class DiffText {
    private DiffText() {}

    public static String of(Snapshot before, Snapshot after, List<Difference> differences) {
        StringBuilder out = new StringBuilder();
        out.append("--- ")
                .append(head(before))
                .append("\n+++ ")
                .append(head(after))
                .append('\n');
        String scope = "\n";
        for (Difference difference : differences) {
            if (!difference.scope().equals(scope)) {
                scope = difference.scope();
                out.append('\n')
                        .append(scope.isEmpty() ? "pins of nothing attached" : Escaper.escape(scope))
                        .append('\n');
            }
            out.append("  ")
                    .append(Escaper.escape(difference.ref()))
                    .append("  ")
                    .append(difference.word())
                    .append('\n');
            difference.gone().forEach(line -> out.append("    - ")
                    .append(Escaper.escape(line))
                    .append('\n'));
            difference.come().forEach(line -> out.append("    + ")
                    .append(Escaper.escape(line))
                    .append('\n'));
        }
        int n = differences.size();
        out.append(n == 0 ? "\nno difference\n" : "\n" + n + (n == 1 ? " difference\n" : " differences\n"));
        Comparison.ownersUnseen(before, after).ifPresent(why -> out.append("owners were not compared: ")
                .append(Escaper.escape(why))
                .append('\n'));
        return out.toString();
    }

    private static String head(Snapshot snapshot) {
        return Escaper.escape(snapshot.host().name()) + "  "
                + Escaper.escape(snapshot.host().kernel()) + "  " + Utc.second(snapshot.takenAt());
    }
}
