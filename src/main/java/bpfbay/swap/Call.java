package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.kernel.Primitive;

/**
 * The one call of the kernel that replaces a program, for those who only speak of it.
 *
 * @param name of the kind of place, as the journal has it: {@code xdp_link}
 * @param label the kernel's word, and what it is told to expect
 * @param safety who finds out that somebody else was faster: {@code compare-and-swap}
 */
public record Call(String name, String label, String safety) {
    public Call {
        requireNonNull(name, "name");
        requireNonNull(label, "label");
        requireNonNull(safety, "safety");
    }

    /** Whether the kernel is told which program must stand there, so that its id belongs behind the label. */
    public boolean expectsProgram() {
        return label.endsWith("expected program");
    }

    public static Call of(Primitive primitive) {
        return new Call(primitive.word(), primitive.label(), primitive.safety().label());
    }
}
