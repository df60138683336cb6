package bpfbay.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import bpfbay.diagnose.Code;
import bpfbay.diagnose.Severity;
import bpfbay.testing.Feature;
import bpfbay.testing.InNetns;
import bpfbay.testing.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node of a container network: pods come and go, their programs are renewed, the agent itself too. */
@InNetns
class ContainerNetworkTest {
    private final String name = "bblife-" + ProcessHandle.current().pid();
    private final List<Integer> pods = new ArrayList<>();
    private Cgroups cgroups;
    private Onlooker onlooker;
    private Optional<PodAgent> agent = Optional.empty();

    @BeforeEach
    void node() {
        cgroups = new Cgroups(name);
        onlooker = new Onlooker(ref -> ref.startsWith("lxc") || ref.startsWith("netns:" + name));
    }

    @AfterEach
    void nothing_is_left() {
        agent.ifPresent(PodAgent::close);
        onlooker.close();
        pods.forEach(pod -> Tool.run("ip", "netns", "del", netns(pod)));
        cgroups.close();
    }

    @Test
    @InNetns(needs = Feature.TCX)
    void by_links_that_are_pinned() {
        live(new PodAgent.ByTcx());
        Hand stranger = stranger();
        stranger.tell("update", "theirs", "stranger_filter", PodAgent.pin(1, "from"));
        assertReplaced("lxc1/tcx/ingress/1");
        stranger.close();
    }

    @Tag("host")
    @Test
    void by_filters() {
        live(new PodAgent.ByFilter());
        Hand stranger = stranger();
        stranger.tell("refilter", "theirs", "life_from_pod", "lxc1", "INGRESS");
        assertReplaced("lxc1/tc/ingress/1:0x1");
        stranger.close();
    }

    @Tag("host")
    @Test
    void by_xdp_links_that_are_pinned() {
        live(new PodAgent.ByXdp());
        Hand stranger = stranger();
        stranger.tell("update", "theirs", "stranger_xdp", PodAgent.pin(1, "entry"));
        assertReplaced("lxc1/xdp");
        stranger.close();
    }

    /** Somebody else, with programs of the same kind. */
    private Hand stranger() {
        Hand stranger = new Hand("edge-fw", cgroups.make("edge-fw.service"));
        stranger.tell("load", "theirs", PodObjects.built("stranger"));
        return stranger;
    }

    private void live(PodAgent.Way way) {
        begin(way, '1');
        for (int pod = 1; pod <= 4; pod++) {
            come(pod);
            agent().add(pod, 1);
            onlooker.calm("pod " + pod + " came");
        }
        for (int pod : List.copyOf(pods)) {
            agent().renew(pod, 2, onlooker::look);
            onlooker.calm("other rules for pod " + pod);
        }
        agent().renew(3, 3, onlooker::look);
        onlooker.calm("other rules for one pod alone");
        go(2);
        onlooker.calm("the device of pod 2 is gone, and its agent has not noticed");
        agent().remove(2);
        onlooker.calm("pod 2 is gone");
        come(5);
        agent().add(5, 2);
        onlooker.calm("pod 5 came");
        go(3);
        agent().remove(3);
        onlooker.calm("pod 3 is gone");
        agent().close();
        agent = Optional.empty();
        onlooker.calm("the agent is down");
        begin(way, '2');
        agent().renew(5, 4, () -> {});
        onlooker.calm("another agent began with what nobody held any more");
        agent().takeOver(pods);
        onlooker.calm("another agent is up");
        for (int pod : List.copyOf(pods)) {
            agent().renew(pod, 4, onlooker::look);
            onlooker.calm("the other agent renewed pod " + pod);
        }
        go(5);
        agent().remove(5);
        onlooker.calm("two pods are left");
        agent().renew(1, 5, onlooker::look);
        onlooker.calm("one of two has other rules");
    }

    /** Each start of it is another container. */
    private void begin(PodAgent.Way way, char digit) {
        String container = "cri-containerd-" + String.valueOf(digit).repeat(64) + ".scope";
        agent = Optional.of(new PodAgent(new Hand("life-agent", cgroups.make("kubepods.slice/" + container)), way));
    }

    private PodAgent agent() {
        return agent.orElseThrow();
    }

    private String netns(int pod) {
        return name + "-" + pod;
    }

    private void come(int pod) {
        Tool.run("ip", "netns", "add", netns(pod));
        Tool.run("ip", "link", "add", "lxc" + pod, "type", "veth", "peer", "name", "tmp" + pod);
        Tool.run("ip", "link", "set", "tmp" + pod, "netns", netns(pod), "name", "eth0");
        Tool.run("ip", "link", "set", "lxc" + pod, "up");
        Tool.run("ip", "-n", netns(pod), "link", "set", "eth0", "up");
        pods.add(pod);
    }

    private void go(int pod) {
        Tool.run("ip", "link", "del", "lxc" + pod);
        Tool.run("ip", "netns", "del", netns(pod));
        pods.remove((Integer) pod);
    }

    private void assertReplaced(String ref) {
        List<String> found = onlooker.found(Code.REPLACED_UNDERNEATH, Severity.CRITICAL);
        assertEquals(
                1, found.stream().filter(line -> line.contains("[" + ref + "]")).count(), found::toString);
    }
}
