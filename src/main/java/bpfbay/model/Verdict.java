package bpfbay.model;

/** What a program says about a packet. Open: a value without a name prints as its number. */
public record Verdict(Family family, int value) {
    /** Whose numbers they are. */
    public enum Family {
        /** {@code enum xdp_action}. */
        XDP {
            @Override
            String word(int value) {
                return switch (value) {
                    case 0 -> "XDP_ABORTED";
                    case 1 -> "XDP_DROP";
                    case 2 -> "XDP_PASS";
                    case 3 -> "XDP_TX";
                    case 4 -> "XDP_REDIRECT";
                    default -> Integer.toString(value);
                };
            }
        },
        /** {@code TC_ACT_*}. */
        TC {
            @Override
            String word(int value) {
                return switch (value) {
                    case -1 -> "TC_ACT_UNSPEC";
                    case 0 -> "TC_ACT_OK";
                    case 1 -> "TC_ACT_RECLASSIFY";
                    case 2 -> "TC_ACT_SHOT";
                    case 3 -> "TC_ACT_PIPE";
                    case 4 -> "TC_ACT_STOLEN";
                    case 5 -> "TC_ACT_QUEUED";
                    case 6 -> "TC_ACT_REPEAT";
                    case 7 -> "TC_ACT_REDIRECT";
                    case 8 -> "TC_ACT_TRAP";
                    default -> Integer.toString(value);
                };
            }
        },
        /** {@code enum tcx_action_base}, whose numbers netkit shares. */
        TCX {
            @Override
            String word(int value) {
                return switch (value) {
                    case -1 -> "TCX_NEXT";
                    case 0 -> "TCX_PASS";
                    case 2 -> "TCX_DROP";
                    case 7 -> "TCX_REDIRECT";
                    default -> Integer.toString(value);
                };
            }
        };

        abstract String word(int value);
    }

    /** The kernel's word, such as {@code XDP_PASS}. */
    public String label() {
        return family.word(value);
    }
}
