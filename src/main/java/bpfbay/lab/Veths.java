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
                /* without addresses the devices are silent but for the lab's traffic */
                batch.append("link set ").append(end).append(" addrgenmode none\n");
                batch.append("link set ").append(end).append(" up\n");
            }
        }
        Command.runWithInput(batch.toString(), "ip", "-n", netns, "-batch", "-");
    }

    /** Of a lab that said how many it has. */
    static List<String> names(Optional<String> count) {
        int interfaces = count.map(String::strip).map(Integer::parseInt).orElse(0);
        return IntStream.range(0, interfaces).mapToObj(i -> "eth" + i).toList();
    }
}
