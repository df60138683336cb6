package bpfbay.lab;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the lab's processes are told: the words of native/labd.c. */
final class Orders {
    private static final int FRAMES_PER_SECOND = 4000;

    private Orders() {}

    /** An agent: it holds and does nothing else. */
    static List<String> holding(Path cgroup, List<String> held) {
        List<String> orders = new ArrayList<>();
        orders.add("cgroup " + cgroup);
        orders.addAll(held);
        return orders;
    }

    /** Frames out of one device, and so into its other end. */
    static List<String> sending(Path cgroup, Path netns, String device) {
        return List.of("cgroup " + cgroup, "netns " + netns, "device " + device, "rate " + FRAMES_PER_SECOND / 4);
    }

    /** Frames into and out of every device. */
    static List<String> sending(Path cgroup, Path netns, int interfaces) {
        List<String> orders = new ArrayList<>();
        orders.add("cgroup " + cgroup);
        orders.add("netns " + netns);
        for (int i = 0; i < interfaces; i++) {
            orders.add("device far" + i);
            orders.add("device eth" + i);
        }
        orders.add("rate " + FRAMES_PER_SECOND);
        return orders;
    }
}
