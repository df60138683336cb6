package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Fd;
import bpfbay.model.Clue;
import bpfbay.model.NetNamespace;
import bpfbay.model.TcFilter;
import bpfbay.model.TcParent;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filters that other processes change; every wait ends by what is waited for. */
@InNetns
@Timeout(60)
class SenderSourceTest {
    private static final String NETNS = "bpfbay-senders";

    private final SenderSource senders = new SenderSource();
    private final List<NetNamespace> known = new ArrayList<>(List.of(Ground.own()));

    @BeforeEach
    void listen() {
        assertEquals(List.of(), senders.take(known));
    }

    @AfterEach
    void close() {
        senders.close();
        Tool.attempt("ip", "netns", "del", NETNS);
    }

    @Test
    void a_filter_replaced_by_a_command_that_ended_tells_its_pid_and_name() throws Exception {
        Tool.run("tc", "qdisc", "add", "dev", "lo", "clsact");
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "old", 0);
        int newer = Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "new", 0);
        filter("add", "old");
        awaitClues(2);

        Process tc = new ProcessBuilder(words("replace", "new")).start();
        assertEquals(0, tc.waitFor());

        Clue.FilterChanged clue = (Clue.FilterChanged) awaitClues(1).get(0);
        assertEquals(OptionalInt.of(newer), clue.filter().progId());
        assertEquals(OptionalInt.of((int) tc.pid()), clue.by().pid());
        assertEquals("tc", clue.by().comm());
        assertEquals(Clue.Deed.PUT, clue.deed());
        assertEquals(OptionalLong.of(known.get(0).inode()), clue.netns());
        assertEquals(
                "1 ffff:fff2 1 7 all",
                clue.filter().ifindex() + " " + clue.filter().parent().label() + " "
                        + clue.filter().priority() + " " + clue.filter().handle() + " "
                        + TcFilter.protocolLabel(clue.filter().protocol()));
    }

    @Test
    void a_filter_removed_and_a_qdisc_removed_with_all_of_its_filters_are_told() {
        Tool.run("tc", "qdisc", "add", "dev", "lo", "clsact");
        Ground.pin(RawBpf.BPF_PROG_TYPE_SCHED_CLS, "old", 0);
        filter("add", "old");
        Tool.run("tc", "filter", "del", "dev", "lo", "ingress", "prio", "1", "handle", "7", "bpf");
        Tool.run("tc", "qdisc", "del", "dev", "lo", "clsact");

        List<Clue> clues = awaitClues(4);
        Clue.QdiscChanged added = (Clue.QdiscChanged) clues.get(0);
        assertEquals(
                "clsact PUT tc",
                added.kind() + " " + added.deed() + " " + added.by().comm());
        assertEquals(Clue.Deed.REMOVED, ((Clue.FilterChanged) clues.get(2)).deed());
        assertEquals(Clue.Deed.REMOVED, ((Clue.QdiscChanged) clues.get(3)).deed());
    }

    @Test
    void a_port_that_is_no_pid_leads_to_the_process_with_that_socket() throws IOException {
        int fd = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, "own", 0);
        try (Attacher attacher =
                        LibbpfLoader.open().attacher(Path.of(known.get(0).path()));
                Fd program = new OpenFd(fd)) {
            attacher.clsact(attacher.device("lo"));
            attacher.filter(program, new Attacher.Filter(attacher.device("lo"), TcParent.INGRESS, 0, 1, 3, 1, "own"));

            Clue.FilterChanged clue = (Clue.FilterChanged) awaitClues(2).get(1);
            assertTrue(clue.by().port() != ProcessHandle.current().pid(), "the first socket has the pid");
            assertEquals(
                    OptionalInt.of((int) ProcessHandle.current().pid()),
                    clue.by().pid());
        }
    }

    @Test
    void a_filter_in_another_namespace_with_an_id_is_told_with_its_inode() {
        Tool.run("ip", "netns", "add", NETNS);
        Tool.run("ip", "link", "add", "v0", "type", "veth", "peer", "name", "v1", "netns", NETNS);
        known.add(Ground.namespace("/run/netns/" + NETNS, NetNamespace.Scope.OTHER));

        Tool.run("tc", "-n", NETNS, "qdisc", "add", "dev", "v1", "clsact");

        Clue.QdiscChanged clue = (Clue.QdiscChanged) awaitClues(1).get(0);
        assertEquals(OptionalLong.of(known.get(1).inode()), clue.netns());
        assertEquals("tc", clue.by().comm());
    }

    private static void filter(String verb, String pin) {
        Tool.run(words(verb, pin));
    }

    private static String[] words(String verb, String pin) {
        return ("tc filter " + verb + " dev lo ingress prio 1 handle 7 protocol all bpf da pinned " + Ground.path(pin))
                .split(" ");
    }

    private List<Clue> awaitClues(int count) {
        List<Clue> clues = new ArrayList<>();
        while (clues.size() < count) {
            clues.addAll(senders.take(known));
            Thread.onSpinWait();
        }
        return clues;
    }
}
