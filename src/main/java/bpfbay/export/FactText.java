package bpfbay.export;

import java.util.List;

/** The details of one thing as lines: labels in one column, facts in the next; then commands, then code. */
public final class FactText {
    private FactText() {}

    public static String of(List<Fact> facts, List<String> commands, List<String> code) {
        StringBuilder out = new StringBuilder();
        int width = facts.stream()
                .mapToInt(fact -> Columns.width(Escaper.escape(fact.label())))
                .max()
                .orElse(0);
        String last = "";
        for (Fact fact : facts) {
            String label = fact.label().equals(last) ? "" : fact.label();
            last = fact.label();
            String text = fact.text().found().orElseGet(() -> "— " + fact.text().reason());
            out.append(Columns.pad(Escaper.escape(label), width))
                    .append("  ")
                    .append(Escaper.escape(text))
                    .append('\n');
        }
        section(out, "the same elsewhere", commands);
        section(out, "instructions", code);
        return out.toString();
    }

    private static void section(StringBuilder out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.append('\n').append(title).append('\n');
            lines.forEach(line -> out.append("  ").append(Escaper.escape(line)).append('\n'));
        }
    }
}
