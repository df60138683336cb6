package bpfbay.tui.table;

import bpfbay.model.Holder;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Which rows stay: those that hold every word of the text, in any column whether shown or not; a word
 * with {@code !} before it must not be there. Letters' case does not matter.
 */
public record Filter(String text) {
    public static final Filter NONE = new Filter("");

    public boolean isActive() {
        return !text.isBlank();
    }

    private List<String> words() {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.equals("!"))
                .toList();
    }

    /** A test that has taken the text apart once for many rows. */
    Matcher matcher() {
        return new Matcher(words());
    }

    /** The words of a filter. */
    record Matcher(List<String> words) {
        boolean matches(Look look, List<Column> columns) {
            if (words.isEmpty()) {
                return true;
            }
            String hay = haystack(look, columns);
            return words.stream()
                    .allMatch(word -> word.startsWith("!") ? !hay.contains(word.substring(1)) : hay.contains(word));
        }
    }

    private static String haystack(Look look, List<Column> columns) {
        StringBuilder hay = new StringBuilder(160);
        for (Column column : columns) {
            hay.append(column.cell().apply(look).text()).append('\n');
        }
        look.attachment().ifPresent(a -> hay.append(a.ref()).append('\n'));
        look.program().ifPresent(p -> hay.append('#')
                .append(Units.unsigned(p.id()))
                .append('\n')
                .append(p.tag())
                .append('\n')
                .append(p.type().label())
                .append('\n'));
        for (Owner owner : look.sight().owners()) {
            Holder holder = owner.holder();
            hay.append(holder.comm()).append(' ').append(holder.pid()).append('\n');
            holder.unit().ifPresent(unit -> hay.append(unit).append('\n'));
            holder.container().ifPresent(container -> hay.append(container).append('\n'));
        }
        for (Pin pin : look.sight().pins()) {
            hay.append(pin.path()).append('\n');
        }
        return hay.toString().toLowerCase(Locale.ROOT);
    }
}
