package bpfbay.lab;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Attacher.Filter;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts one incident on the stage. Where it is a change, all is well for a while before. */
final class Staging {
    /* long enough for whoever looks every second, and for what is not reported while it is young */
    private static final Duration ALL_IS_WELL = Duration.ofSeconds(12);
    private static final int ETH_P_ALL = 3;
    private static final AttachType CGROUP_INET4_CONNECT = new AttachType(10);

    private final Stage stage;
    private final Attacher attacher;
    private final Incident incident;
    private final LabProcesses processes;
    private final Consumer<Duration> pause;

    Staging(Stage stage, Incident incident, LabProcesses processes, Consumer<Duration> pause) {
        this.stage = stage;
        this.attacher = stage.attacher();
        this.incident = incident;
        this.processes = processes;
        this.pause = pause;
    }

    /** Of its folder of pins and its cgroup. */
    static String name(Incident incident) {
        return "incident-" + incident.number();
    }

    static List<String> devices(Incident incident) {
        String device = "inc" + incident.number();
        return switch (incident) {
            case SKEW -> List.of(device + "a", device + "b", device + "c");
            case REORDERED -> List.of();
            default -> List.of(device);
        };
    }

    void run() {
        List<Device> devices = devices(incident).stream()
                .map(name -> {
                    Veths.add(stage.site().name(), name);
                    return attacher.device(name);
                })
                .toList();
        switch (incident) {
            case REORDERED -> reordered();
            case SKEW -> skew(devices);
            default -> onDevice(devices.get(0));
        }
    }

    private void onDevice(Device device) {
        switch (incident) {
            case SUPERSEDED -> {
                attach("xdp_gate", device);
                stage.pin(stage.load("xdp_gate_v2").program(), name(incident), "xdp_gate");
            }
            case OVERWRITTEN -> overwritten(device);
            case DUPLICATE ->
                Stream.of("tc_agents", "tc_agents")
                        .forEach(object -> attacher.tcx(agent(object, "agent_a"), device, Direction.INGRESS));
            case SHADOWED -> shadowed(device);
            case DISPATCHER -> dispatcher(device);
            case MOVED -> moved(device);
            case MAPS -> {
                attach("xdp_quota", device);
                stage.pin(stage.load("xdp_quota_v2").program(), name(incident), "xdp_quota");
            }
            case DIES -> dies(device);
            case CUT -> cut(device);
            case REORDERED, SKEW -> throw new IllegalStateException(incident + " is not of one device");
        }
    }

    /** By a pinned link. */
    private void attach(String object, Device device) {
        Fd link = stage.keep(attacher.xdpLink(stage.load(object).program(), device, XdpMode.NATIVE));
        stage.pin(link, name(incident), device.name() + "_link");
    }

    private Fd agent(String object, String name) {
        Fd program = stage.load(object).programs().get(name);
        if (program == null) {
            throw new IllegalStateException(object + ".bpf.o has no " + name);
        }
        return program;
    }

    private static Filter filter(Device device, int handle, String name) {
        return new Filter(device, TcParent.INGRESS, 0, 1, ETH_P_ALL, handle, name);
    }

    private void allIsWell(String until) {
        stage.say("all is well for " + ALL_IS_WELL.toSeconds() + " s, then " + until);
        pause.accept(ALL_IS_WELL);
    }

    private void overwritten(Device device) {
        attacher.clsact(device);
        attacher.filter(agent("tc_agents", "agent_a"), filter(device, 1, "agent_a"));
        allIsWell("another agent takes the filter's place");
        attacher.replaceFilter(agent("tc_agents", "agent_b"), filter(device, 1, "agent_b"));
    }

    /* within a priority the newer handle runs first */
    private void shadowed(Device device) {
        attacher.clsact(device);
        attacher.filter(agent("tc_agents", "agent_a"), filter(device, 1, "agent_a"));
        attacher.filter(agent("tc_agents", "agent_b"), filter(device, 2, "agent_b"));
        traffic(device);
    }

    private void traffic(Device device) {
        processes.start(
                "lab-flow", Orders.sending(cgroup().resolve("web"), stage.site().netns(), Veths.farEnd(device.name())));
    }

    private Path cgroup() {
        return stage.site().cgroup().orElseThrow(() -> new LabException("no cgroup v2 hierarchy is mounted"));
    }

    private void dispatcher(Device device) {
        LoadedObject before = stage.load("xdp_slots");
        attacher.xdp(before.program(), device, XdpMode.NATIVE);
        LoadedObject slot = stage.keep(stage.loader()
                .loadExtension(stage.loader().ownObject("freplace_slot"), before.program(), "slot_first"));
        stage.pin(stage.keep(attacher.tracingLink(slot.program())), name(incident), "slot_first");
        attacher.replaceXdp(stage.load("xdp_slots").program(), device, XdpMode.NATIVE);
    }

    private void moved(Device device) {
        String other = String.valueOf(stage.site().otherNetns().getFileName());
        attach("xdp_gate", device);
        Command.run("ip", "netns", "add", other);
        allIsWell("the device moves to " + other);
        Command.run("ip", "-n", stage.site().name(), "link", "set", device.name(), "netns", other);
    }

    private void reordered() {
        Path cgroup = cgroup().resolve(name(incident));
        Lab.make(cgroup);
        Fd first = stage.load("cgroup_connect4").program();
        attacher.cgroup(first, cgroup, CGROUP_INET4_CONNECT);
        attacher.cgroup(stage.load("cgroup_connect4_v2").program(), cgroup, CGROUP_INET4_CONNECT);
        allIsWell("the first program is taken off and attached again");
        attacher.leaveCgroup(first, cgroup, CGROUP_INET4_CONNECT);
        attacher.cgroup(first, cgroup, CGROUP_INET4_CONNECT);
    }

    private void dies(Device device) {
        Fd link = stage.keep(attacher.xdpLink(stage.load("xdp_gate").program(), device, XdpMode.NATIVE));
        stage.hold(stage.loader().linkId(link));
        processes.start("lab-doomed", Orders.holding(cgroup().resolve("agent"), stage.held()));
        stage.release();
        allIsWell("the process that holds the link dies");
        processes.endAll();
    }

    private void skew(List<Device> devices) {
        attach("xdp_gate_v2", devices.get(0));
        attach("xdp_gate_v2", devices.get(1));
        attach("xdp_gate", devices.get(2));
    }

    private void cut(Device device) {
        attacher.xdp(stage.load("xdp_gate").program(), device, XdpMode.NATIVE);
        traffic(device);
        allIsWell("a program comes that drops everything");
        attacher.replaceXdp(stage.load("xdp_cut").program(), device, XdpMode.NATIVE);
    }
}
