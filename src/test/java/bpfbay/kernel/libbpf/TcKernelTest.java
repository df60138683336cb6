package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Filters as tc(8) sees them, and as packets do. */
@InNetns
class TcKernelTest {
    private static final int TC_ACT_UNSPEC = -1;
    private static final int TC_ACT_OK = 0;
    private static final int TC_ACT_SHOT = 2;

    @BeforeEach
    void pin_a_program_for_each_verdict() {
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "next", TC_ACT_UNSPEC);
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "ok", TC_ACT_OK);
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "shot", TC_ACT_SHOT);
    }

    @Test
    void both_directions_of_clsact_hold_what_tc_shows() {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo ingress prio 2 handle 7 protocol ip bpf pinned /sys/fs/bpf/next");
        tc("filter add dev lo ingress prio 1 handle 1 bpf da pinned /sys/fs/bpf/next");
        tc("filter add dev lo ingress prio 1 handle 2 bpf da pinned /sys/fs/bpf/ok");
        tc("filter add dev lo egress prio 5 protocol 0x88cc bpf da pinned /sys/fs/bpf/next");
        assertEquals(shownByTc("dev", "lo", "ingress"), seen(1, TcParent.INGRESS));
        assertEquals(shownByTc("dev", "lo", "egress"), seen(1, TcParent.EGRESS));
        assertEquals(3, seen(1, TcParent.INGRESS).size());
    }

    @Test
    void chains_follow_their_number_and_not_the_order_of_their_making() {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo ingress chain 5 prio 1 bpf da pinned /sys/fs/bpf/next");
        tc("filter add dev lo ingress chain 0 prio 9 bpf da pinned /sys/fs/bpf/next");
        tc("filter add dev lo ingress chain 2 prio 3 bpf da pinned /sys/fs/bpf/next");
        assertEquals(
                List.of("0/9", "2/3", "5/1"),
                Ground.look().filters().stream()
                        .map(f -> f.chain() + "/" + f.priority())
                        .toList());
    }

    @Test
    void an_ingress_qdisc_has_filters_too() {
        tc("qdisc add dev lo ingress");
        tc("filter add dev lo parent ffff: prio 1 bpf da pinned /sys/fs/bpf/next");
        assertEquals(shownByTc("dev", "lo", "parent", "ffff:"), seen(1, TcParent.INGRESS));
        assertEquals(1, Ground.look().filters().size());
    }

    @Test
    void a_shared_block_is_seen_once_through_each_of_its_devices() {
        Ground.veth("v0", "v1");
        tc("qdisc add dev v0 ingress_block 22 clsact");
        tc("qdisc add dev v1 egress_block 22 clsact");
        tc("filter add block 22 prio 3 bpf da pinned /sys/fs/bpf/next");
        List<TcFilter> filters = Ground.look().filters();
        assertEquals(
                List.of(OptionalInt.of(22), OptionalInt.of(22)),
                filters.stream().map(TcFilter::block).toList());
        assertEquals(shownByTc("block", "22"), seen(Ground.ifindex("v0"), TcParent.INGRESS));
        assertEquals(shownByTc("block", "22"), seen(Ground.ifindex("v1"), TcParent.EGRESS));
    }

    @Test
    void filters_of_a_classful_qdisc_and_of_its_class_are_seen() {
        tc("qdisc add dev lo root handle 1: htb default 10");
        tc("class add dev lo parent 1: classid 1:1 htb rate 10mbit");
        tc("class add dev lo parent 1:1 classid 1:10 htb rate 10mbit");
        tc("filter add dev lo parent 1: prio 1 bpf pinned /sys/fs/bpf/next flowid 1:10");
        tc("filter add dev lo parent 1:1 prio 2 bpf pinned /sys/fs/bpf/ok flowid 1:10");
        tc("filter add dev lo parent 1: prio 3 bpf bytecode 1,6\\s0\\s0\\s0,");
        assertEquals(shownByTc("dev", "lo", "parent", "1:"), seen(1, new TcParent(0x10000)));
        assertEquals(shownByTc("dev", "lo", "parent", "1:1"), seen(1, new TcParent(0x10001)));
        assertEquals(
                List.of(OptionalInt.of(0x10010), OptionalInt.of(0x10010), OptionalInt.empty()),
                Ground.look().filters().stream()
                        .sorted((a, b) -> a.priority() - b.priority())
                        .map(TcFilter::classId)
                        .toList());
    }

    @Test
    void within_a_priority_packets_meet_the_newer_handle_first() throws IOException {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo egress prio 1 handle 1 bpf da pinned /sys/fs/bpf/ok");
        tc("filter add dev lo egress prio 1 handle 2 bpf da pinned /sys/fs/bpf/shot");
        send();
        assertEquals(1, dropped());
        assertEquals(
                List.of(2, 1),
                Ground.look().filters().stream().map(TcFilter::handle).toList());
    }

    @Test
    void a_handle_made_later_with_a_lower_number_still_runs_first() throws IOException {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo egress prio 1 handle 9 bpf da pinned /sys/fs/bpf/shot");
        tc("filter add dev lo egress prio 1 handle 3 bpf da pinned /sys/fs/bpf/ok");
        send();
        assertEquals(0, dropped());
        assertEquals(
                List.of(3, 9),
                Ground.look().filters().stream().map(TcFilter::handle).toList());
    }

    @Test
    void a_lower_priority_runs_first_though_it_was_made_later() throws IOException {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo egress prio 8 bpf da pinned /sys/fs/bpf/shot");
        tc("filter add dev lo egress prio 4 bpf da pinned /sys/fs/bpf/ok");
        send();
        assertEquals(0, dropped());
        assertEquals(
                List.of(4, 8),
                Ground.look().filters().stream().map(TcFilter::priority).toList());
    }

    @Test
    void replacing_the_program_keeps_the_position() {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo ingress prio 1 handle 1 bpf da pinned /sys/fs/bpf/next");
        tc("filter add dev lo ingress prio 1 handle 2 bpf da pinned /sys/fs/bpf/next");
        tc("filter replace dev lo ingress prio 1 handle 1 bpf da pinned /sys/fs/bpf/ok");
        assertEquals(
                List.of(2, 1),
                Ground.look().filters().stream().map(TcFilter::handle).toList());
    }

    @Test
    void without_a_program_of_its_type_filters_are_not_asked_for() {
        tc("qdisc add dev lo clsact");
        tc("filter add dev lo ingress prio 1 bpf da pinned /sys/fs/bpf/next");
        assertEquals(
                List.of(),
                new NetworkSource()
                        .network(Ground.own(), java.util.Set.of(RawBpf.BPF_PROG_TYPE_XDP))
                        .filters());
    }

    /** Words are split at blanks; {@code \s} stands for a blank within a word. */
    private static void tc(String words) {
        Tool.run(("tc " + words)
                .lines()
                .flatMap(line -> java.util.Arrays.stream(line.split(" ")))
                .map(word -> word.replace("\\s", " "))
                .toArray(String[]::new));
    }

    private static List<String> seen(int ifindex, TcParent parent) {
        return Ground.look().filters().stream()
                .filter(f -> f.ifindex() == ifindex && f.parent().equals(parent))
                .map(f -> String.join(
                        " ",
                        Integer.toString(f.chain()),
                        Integer.toString(f.priority()),
                        "0x" + Integer.toHexString(f.handle()),
                        f.protocol() == 0x88cc ? "LLDP" : f.protocolLabel(),
                        Boolean.toString(f.flags().contains(TcFilter.Flag.DIRECT_ACTION)),
                        f.name(),
                        f.progId().stream()
                                .mapToObj(Integer::toString)
                                .findFirst()
                                .orElse("classic")))
                .toList();
    }

    private static List<String> shownByTc(String... where) {
        List<String> command = new ArrayList<>(List.of("tc", "-j", "filter", "show"));
        command.addAll(List.of(where));
        List<String> filters = new ArrayList<>();
        for (JsonElement element : Tool.json(command.toArray(String[]::new)).getAsJsonArray()) {
            JsonObject filter = element.getAsJsonObject();
            JsonObject options = filter.getAsJsonObject("options");
            if (options != null && options.has("handle")) {
                filters.add(String.join(
                        " ",
                        filter.get("chain").getAsString(),
                        filter.get("pref").getAsString(),
                        options.get("handle").getAsString(),
                        filter.get("protocol").getAsString(),
                        Boolean.toString(options.has("direct-action")),
                        options.has("bpf_name") ? options.get("bpf_name").getAsString() : "",
                        options.has("prog")
                                ? options.getAsJsonObject("prog").get("id").getAsString()
                                : "classic"));
            }
        }
        return filters;
    }

    /* a datagram over lo has passed the egress hook when the call returns */
    private static void send() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getLoopbackAddress(), 9));
        }
    }

    private static int dropped() {
        for (JsonElement element :
                Tool.json("tc", "-s", "-j", "qdisc", "show", "dev", "lo").getAsJsonArray()) {
            if (element.getAsJsonObject().get("kind").getAsString().equals("clsact")) {
                return element.getAsJsonObject().get("drops").getAsInt();
            }
        }
        throw new AssertionError("no clsact");
    }
}
