package bpfbay.model;

import java.util.List;

/** What a program says about a packet. Open: a value without a name prints as its number. */
public record Verdict(Family family, int value) {
    /** Whose numbers they are. */
    public enum Family {
        /** {@code enum xdp_action}. */
        XDP("XDP_", List.of("ABORTED", "DROP", "PASS", "TX", "REDIRECT"), ""),
        /** {@code TC_ACT_*}. */
        TC(
                "TC_ACT_",
                List.of("OK", "RECLASSIFY", "SHOT", "PIPE", "STOLEN", "QUEUED", "REPEAT", "REDIRECT", "TRAP"),
                "UNSPEC"),
        /** {@code enum tcx_action_base}, which netkit shares; the rest is TC's. */
        TCX("TCX_", List.of("PASS", "", "DROP", "", "", "", "", "REDIRECT"), "NEXT");

        private final String prefix;
        private final List<String> words;
        private final String minusOne;

        Family(String prefix, List<String> words, String minusOne) {
            this.prefix = prefix;
            this.words = words;
            this.minusOne = minusOne;
        }

        private String word(int value) {
            return value == -1 ? minusOne : value >= 0 && value < words.size() ? words.get(value) : "";
        }
    }

    /** The kernel's word, such as {@code XDP_PASS}. */
    public String label() {
        if (!family.word(value).isEmpty()) {
            return family.prefix + family.word(value);
        }
        boolean isTc = family == Family.TCX && !Family.TC.word(value).isEmpty();
        return isTc ? new Verdict(Family.TC, value).label() : Integer.toString(value);
    }
}
