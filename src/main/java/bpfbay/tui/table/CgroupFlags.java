package bpfbay.tui.table;

import java.util.ArrayList;
import java.util.List;

/** BPF_F_ALLOW_OVERRIDE and its kin of {@code linux/bpf.h}, in the contract's words. */
public final class CgroupFlags {
    private static final int OVERRIDE = 1;
    private static final int MULTI = 1 << 1;
    private static final int PREORDER = 1 << 6;

    private CgroupFlags() {}

    public static String words(int flags) {
        List<String> words = new ArrayList<>();
        if ((flags & MULTI) != 0) {
            words.add("multi");
        }
        if ((flags & OVERRIDE) != 0) {
            words.add("override");
        }
        if ((flags & PREORDER) != 0) {
            words.add("preorder");
        }
        int rest = flags & ~(MULTI | OVERRIDE | PREORDER);
        if (rest != 0) {
            words.add("0x" + Integer.toHexString(rest));
        }
        return String.join(" ", words);
    }
}
