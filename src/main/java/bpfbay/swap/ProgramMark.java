package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Program;

/** A program as journal and outcome name it: enough to know it again on the same boot. */
public record ProgramMark(int progId, String name, String tag) {
    public ProgramMark {
        requireNonNull(name, "name");
        requireNonNull(tag, "tag");
    }

    public static ProgramMark of(Program program) {
        return new ProgramMark(program.id(), program.name(), program.tag());
    }

    /** {@code xdp_fw #4027}. */
    public String label() {
        return (name.isEmpty() ? "" : name + " ") + "#" + Integer.toUnsignedString(progId);
    }
}
