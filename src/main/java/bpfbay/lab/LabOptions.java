package bpfbay.lab;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * Which lab is meant.
 *
 * @param name of its namespace, cgroup and folders: letters, digits and hyphens
 * @param interfaces how many; absent is the showcase, in which every way of attaching stands once
 */
public record LabOptions(String name, OptionalInt interfaces) {
    /** So many devices that their names still fit the tables of everybody. */
    public static final int MOST_INTERFACES = 2000;

    public static final LabOptions SHOWCASE = new LabOptions("bpfbay-lab", OptionalInt.empty());

    public LabOptions {
        requireNonNull(name, "name");
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9-]{0,40}")) {
            throw new IllegalArgumentException("a lab's name has letters, digits and hyphens: " + name);
        }
        if (interfaces.isPresent() && (interfaces.getAsInt() < 1 || interfaces.getAsInt() > MOST_INTERFACES)) {
            throw new IllegalArgumentException("a lab has 1 to " + MOST_INTERFACES + " interfaces");
        }
    }

    public static LabOptions fleet(int interfaces) {
        return new LabOptions(SHOWCASE.name(), OptionalInt.of(interfaces));
    }
}
