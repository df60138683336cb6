package bpfbay.life;

import java.util.List;

/**
 * A container network's agent. For each pod it keeps the rules' map open and pins in a folder of the pod's
 * own; programs and links it lets go of as soon as they are on their hook.
 */
final class PodAgent implements AutoCloseable {
    private static final String ROOT = "/sys/fs/bpf/";

    private final Hand hand;
    private final Way way;

    PodAgent(Hand hand, Way way) {
        this.hand = hand;
        this.way = way;
    }

    /** How it puts programs on a pod's device; what is loaded has the key "fresh". */
    interface Way {
        String object();

        void attach(Hand hand, int pod);

        void renew(Hand hand, int pod);

        List<String> pins();
    }

    static String pin(int pod, String name) {
        return ROOT + "life/devices/lxc" + pod + "/" + name;
    }

    void add(int pod, int rules) {
        load(pod, rules);
        way.attach(hand, pod);
        settle(pod);
    }

    /** @param halfway called while both programs are loaded */
    void renew(int pod, int rules, Runnable halfway) {
        load(pod, rules);
        halfway.run();
        way.renew(hand, pod);
        settle(pod);
    }

    void remove(int pod) {
        for (String pin : way.pins()) {
            hand.tell("unpin", pin(pod, pin));
        }
        hand.tell("drop", "rules" + pod);
        if (hasRules()) {
            hand.tell("unpin", rules(pod));
        }
    }

    /** After a restart: what is pinned is opened again. */
    void takeOver(List<Integer> pods) {
        pods.forEach(this::openRules);
    }

    @Override
    public void close() {
        hand.close();
    }

    private void load(int pod, int rules) {
        hand.tell("load", "fresh", PodObjects.of(way.object(), pod, rules));
    }

    private void settle(int pod) {
        hand.tell("drop", "fresh");
        openRules(pod);
    }

    private void openRules(int pod) {
        hand.tell("drop", "rules" + pod);
        hand.tell("hold", "rules" + pod, hasRules() ? rules(pod) : ROOT + "life_ct");
    }

    private boolean hasRules() {
        return way.object().equals("endpoint");
    }

    private static String rules(int pod) {
        return ROOT + "life_pol_" + PodObjects.four(pod);
    }

    private static void pinCalls(Hand hand, int pod) {
        hand.tell("pin", "fresh", "life_calls_" + PodObjects.four(pod), pin(pod, "calls"));
    }

    /** Links of tcx. */
    record ByTcx() implements Way {
        @Override
        public String object() {
            return "endpoint";
        }

        @Override
        public void attach(Hand hand, int pod) {
            pinCalls(hand, pod);
            hand.tell("tcx", "fresh", "life_from_pod", "lxc" + pod, "INGRESS", pin(pod, "from"));
            hand.tell("tcx", "fresh", "life_to_pod", "lxc" + pod, "EGRESS", pin(pod, "to"));
        }

        @Override
        public void renew(Hand hand, int pod) {
            hand.tell("update", "fresh", "life_from_pod", pin(pod, "from"));
            hand.tell("update", "fresh", "life_to_pod", pin(pod, "to"));
            pinCalls(hand, pod);
        }

        @Override
        public List<String> pins() {
            return List.of("from", "to", "calls");
        }
    }

    /** Filters, which nothing holds but their device. */
    record ByFilter() implements Way {
        @Override
        public String object() {
            return "endpoint";
        }

        @Override
        public void attach(Hand hand, int pod) {
            pinCalls(hand, pod);
            hand.tell("filter", "fresh", "life_from_pod", "lxc" + pod, "INGRESS");
            hand.tell("filter", "fresh", "life_to_pod", "lxc" + pod, "EGRESS");
        }

        @Override
        public void renew(Hand hand, int pod) {
            hand.tell("refilter", "fresh", "life_from_pod", "lxc" + pod, "INGRESS");
            hand.tell("refilter", "fresh", "life_to_pod", "lxc" + pod, "EGRESS");
            pinCalls(hand, pod);
        }

        @Override
        public List<String> pins() {
            return List.of("calls");
        }
    }

    /** Links of XDP. */
    record ByXdp() implements Way {
        @Override
        public String object() {
            return "entry";
        }

        @Override
        public void attach(Hand hand, int pod) {
            hand.tell("xdp", "fresh", "life_entry", "lxc" + pod, "-", pin(pod, "entry"));
        }

        @Override
        public void renew(Hand hand, int pod) {
            hand.tell("update", "fresh", "life_entry", pin(pod, "entry"));
        }

        @Override
        public List<String> pins() {
            return List.of("entry");
        }
    }
}
