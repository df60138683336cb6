package bpfbay.lab;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The lab's devices: eth0, eth1 and so on, each with a far end from which packets come in. */
final class Veths {
    private Veths() {}

    static void create(String netns, int count) {
        StringBuilder batch = new StringBuilder("link set lo up\n");
        for (int i = 0; i < count; i++) {
            String eth = "eth" + i;
            String far = "far" + i;
            batch.append("link add ")
                    .append(eth)
                    .append(" type veth peer name ")
                    .append(far)
                    .append('\n');
            for (String end : List.of(eth, far)) {
                batch.append(up(end));
            }
        }
        Command.runWithInput(batch.toString(), "ip", "-n", netns, "-batch", "-");
    }

    /** One pair more: the device, and its far end, with which both go. */
    static void add(String netns, String device) {
        String far = farEnd(device);
        Command.runWithInput(
                "link add " + device + " type veth peer name " + far + "\n" + up(device) + up(far),
                "ip",
                "-n",
                netns,
                "-batch",
                "-");
    }

    /** Wherever the device has gone to. */
    static void remove(String netns, String device) {
        try {
            Command.run("ip", "-n", netns, "link", "del", farEnd(device));
        } catch (LabException failed) {
            if (!String.valueOf(failed.getMessage()).contains("Cannot find device")) {
                throw failed;
            }
        }
    }

    static String farEnd(String device) {
        return device + "-far";
    }

    private static String up(String device) {
        /* without addresses the devices are silent but for the lab's traffic */
        return "link set " + device + " addrgenmode none\nlink set " + device + " up\n";
    }

    /** Of a lab that said how many it has. */
    static List<String> names(Optional<String> count) {
        int interfaces = count.map(String::strip).map(Integer::parseInt).orElse(0);
        return IntStream.range(0, interfaces).mapToObj(i -> "eth" + i).toList();
    }
}
