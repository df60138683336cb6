package bpfbay.model;

import java.util.Map;

/** What a call of bpf(2) asks for: {@code enum bpf_cmd}. Open: an unknown number prints as itself. */
public record BpfCommand(int value) {
    public static final BpfCommand PROG_LOAD = new BpfCommand(5);
    public static final BpfCommand OBJ_PIN = new BpfCommand(6);
    public static final BpfCommand PROG_ATTACH = new BpfCommand(8);
    public static final BpfCommand PROG_DETACH = new BpfCommand(9);
    public static final BpfCommand RAW_TRACEPOINT_OPEN = new BpfCommand(17);
    public static final BpfCommand LINK_CREATE = new BpfCommand(28);
    public static final BpfCommand LINK_UPDATE = new BpfCommand(29);
    public static final BpfCommand LINK_DETACH = new BpfCommand(34);

    private static final Map<BpfCommand, String> WORDS = Map.of(
            PROG_LOAD, "BPF_PROG_LOAD",
            OBJ_PIN, "BPF_OBJ_PIN",
            PROG_ATTACH, "BPF_PROG_ATTACH",
            PROG_DETACH, "BPF_PROG_DETACH",
            RAW_TRACEPOINT_OPEN, "BPF_RAW_TRACEPOINT_OPEN",
            LINK_CREATE, "BPF_LINK_CREATE",
            LINK_UPDATE, "BPF_LINK_UPDATE",
            LINK_DETACH, "BPF_LINK_DETACH");

    /** The kernel's word, or {@code bpf_cmd_61} for one that this version does not know. */
    public String label() {
        return WORDS.getOrDefault(this, "bpf_cmd_" + Integer.toUnsignedString(value));
    }
}
