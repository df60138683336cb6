package bpfbay.tui.terminal;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the environment says of the terminal. Nothing is asked of the terminal itself.
 *
 * @param term the value of TERM
 * @param isUnicode whether more than ASCII can be drawn, by the locale and the kind
 */
public record TerminalKind(String term, Colors colors, boolean isUnicode) {
    /** What it is given of colour. Bold and reverse remain without. */
    public enum Colors {
        NONE,
        /** The sixteen that the terminal's user has chosen, all that bpfbay draws with. */
        SIXTEEN
    }

    private static final Set<String> NO_SCREEN = Set.of("dumb", "unknown", "emacs");

    /** From TERM, NO_COLOR and the locale's variables. */
    public static TerminalKind of(Map<String, String> environment) {
        String term = environment.getOrDefault("TERM", "");
        boolean wantsNoColor = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new TerminalKind(
                term,
                wantsNoColor || isMonochrome(term) ? Colors.NONE : Colors.SIXTEEN,
                isUtf8(environment) && !isHardware(term));
    }

    /** Why no full screen can be drawn on such a terminal, in one line. */
    public Optional<String> refusal() {
        if (term.isEmpty()) {
            return Optional.of("TERM is not set: set it to the terminal's kind, such as xterm or vt100");
        }
        if (NO_SCREEN.contains(term)) {
            return Optional.of("TERM=" + term + " cannot show a full screen");
        }
        return Optional.empty();
    }

    /** A real terminal of old, or what a serial console is commonly said to be. */
    boolean isHardware() {
        return isHardware(term);
    }

    private static boolean isHardware(String term) {
        return term.length() > 2 && term.startsWith("vt") && term.charAt(2) >= '0' && term.charAt(2) <= '9';
    }

    private static boolean isMonochrome(String term) {
        return isHardware(term) || term.endsWith("-m") || term.endsWith("-mono");
    }

    private static boolean isUtf8(Map<String, String> environment) {
        for (String variable : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(variable, "");
            if (!locale.isEmpty()) {
                return locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }
}
