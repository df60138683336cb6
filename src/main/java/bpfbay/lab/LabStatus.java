package bpfbay.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What stands of a lab.
 *
 * @param netns the file its namespace is opened by, where it is there
 * @param interfaces those that programs are attached to, by name
 * @param cgroup the folder of its cgroup, where it is there
 * @param pinFolder where its pins are, if there are any
 * @param pins how many
 * @param mounted the bpffs that was mounted for it, where /sys/fs/bpf has none
 * @param processes its own, also those that should be there and are not
 * @param leftOut what this kernel could not do
 * @param staged the incidents under way, or meant to be
 */
public record LabStatus(
        String name,
        State state,
        Optional<Path> netns,
        List<String> interfaces,
        Optional<Path> cgroup,
        Optional<Path> pinFolder,
        int pins,
        Optional<Path> mounted,
        List<LabProcess> processes,
        List<LeftOut> leftOut,
        List<Incident> staged) {
    /** DAMAGED: some of it is there, and some of it is missing. */
    public enum State {
        DOWN,
        DAMAGED,
        UP
    }

    /** A process of the lab. */
    public record LabProcess(String name, long pid, Life life) {}

    /** Whether the process that was started still runs. */
    public enum Life {
        RUNNING,
        DEAD
    }

    /** A hook that is not in the lab, and the kernel's reason. */
    public record LeftOut(String what, String why) {}

    public LabStatus {
        interfaces = List.copyOf(interfaces);
        processes = List.copyOf(processes);
        leftOut = List.copyOf(leftOut);
        staged = List.copyOf(staged);
    }
}
