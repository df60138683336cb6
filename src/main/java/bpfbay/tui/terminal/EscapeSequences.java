package bpfbay.tui.terminal;

import bpfbay.tui.terminal.Input.Modifier;
import bpfbay.tui.terminal.Input.Name;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sequences that are keys, of xterm, VT220, rxvt and the Linux console. All others are nothing. */
final class EscapeSequences {
    /** A number and a modifier, each of which may lack. */
    private static final Pattern PARAMETERS = Pattern.compile("(\\d{0,3})(?:;(\\d{1,2}))?");

    /** xterm's modifiers: one, and a bit for each. */
    private static final int PLAIN = 1;

    private static final int SHIFT = 1;
    private static final int ALT = 2;
    private static final int CTRL = 4;
    private static final int META = 8;

    private EscapeSequences() {}

    /** @param parameters the bytes between {@code CSI} and the last one */
    static Optional<Input> csi(String parameters, char last) {
        Matcher matcher = PARAMETERS.matcher(parameters);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String number = matcher.group(1);
        Optional<String> modifier = Optional.ofNullable(matcher.group(2));
        int modifiers = modifier.map(Integer::parseInt).orElse(PLAIN);
        if (modifiers < PLAIN || modifiers > PLAIN + SHIFT + ALT + CTRL + META) {
            return Optional.empty();
        }
        if (last == '~') {
            return named(number.isEmpty() ? Optional.empty() : tilde(Integer.parseInt(number)), modifiers);
        }
        if (!number.isEmpty() && !number.equals("1")) {
            return Optional.empty();
        }
        if (last == 'Z') {
            return Optional.of(Input.key(Name.TAB, Modifier.SHIFT));
        }
        /* with parameters it would be a report of the cursor's place */
        return last == 'R' && modifier.isPresent() ? Optional.empty() : named(letter(last), modifiers);
    }

    /** @param parameters between {@code ESC O} and the last byte; old terminals put the modifier there */
    static Optional<Input> ss3(String parameters, char last) {
        if (!parameters.isEmpty()) {
            return Optional.empty();
        }
        return named(last == 'M' ? Optional.of(Name.ENTER) : letter(last), PLAIN);
    }

    /** The Linux console's {@code ESC [ [ A} and so on. */
    static Optional<Input> console(char last) {
        return last >= 'A' && last <= 'E' ? named(Optional.of(function(1 + last - 'A')), PLAIN) : Optional.empty();
    }

    private static Optional<Input> named(Optional<Name> name, int modifiers) {
        return name.map(known -> new Input.Named(known, modifiers(modifiers - PLAIN)));
    }

    private static Set<Modifier> modifiers(int bits) {
        Set<Modifier> set = EnumSet.noneOf(Modifier.class);
        if ((bits & SHIFT) != 0) {
            set.add(Modifier.SHIFT);
        }
        if ((bits & (ALT | META)) != 0) {
            set.add(Modifier.ALT);
        }
        if ((bits & CTRL) != 0) {
            set.add(Modifier.CTRL);
        }
        return set;
    }

    private static Name function(int number) {
        return Name.valueOf("F" + number);
    }

    private static Optional<Name> letter(char last) {
        return switch (last) {
            case 'A' -> Optional.of(Name.UP);
            case 'B' -> Optional.of(Name.DOWN);
            case 'C' -> Optional.of(Name.RIGHT);
            case 'D' -> Optional.of(Name.LEFT);
            case 'F' -> Optional.of(Name.END);
            case 'H' -> Optional.of(Name.HOME);
            case 'P', 'Q', 'R', 'S' -> Optional.of(function(1 + last - 'P'));
            default -> Optional.empty();
        };
    }

    private static Optional<Name> tilde(int number) {
        return switch (number) {
            case 1, 7 -> Optional.of(Name.HOME);
            case 2 -> Optional.of(Name.INSERT);
            case 3 -> Optional.of(Name.DELETE);
            case 4, 8 -> Optional.of(Name.END);
            case 5 -> Optional.of(Name.PAGE_UP);
            case 6 -> Optional.of(Name.PAGE_DOWN);
            case 11, 12, 13, 14, 15 -> Optional.of(function(number - 10));
            case 17, 18, 19, 20, 21 -> Optional.of(function(number - 11));
            case 23, 24 -> Optional.of(function(number - 12));
            default -> Optional.empty();
        };
    }
}
