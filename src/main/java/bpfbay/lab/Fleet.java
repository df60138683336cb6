package bpfbay.lab;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Attacher.Filter;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.LoadedObject;
import bpfbay.model.AttachType;
import bpfbay.model.Device;
import bpfbay.model.Direction;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Many interfaces that all look the same: to see what things cost. Each has three programs with one map,
 * XDP by link where its number is even and by netlink where it is odd, a filter, a tcx link, and its pins
 * in a folder of its own; the agent holds what belongs to the even ones.
 */
final class Fleet {
    private static final int ETH_P_ALL = 3;
    private static final int MOST_CGROUPS = 200;

    private final Stage stage;
    private final Attacher attacher;
    private boolean hasTcx = true;

    Fleet(Stage stage) {
        this.stage = stage;
        this.attacher = stage.attacher();
    }

    void build(int interfaces, Path cgroup) {
        for (int i = 0; i < interfaces; i++) {
            one(i);
            if ((i + 1) % 100 == 0) {
                stage.say((i + 1) + " of " + interfaces + " interfaces");
            }
        }
        cgroups(Math.min(MOST_CGROUPS, Math.max(4, interfaces / 2)), cgroup);
    }

    private void one(int number) {
        String name = "eth" + number;
        Device eth = attacher.device(name);
        boolean isEven = number % 2 == 0;
        LoadedObject object = stage.load("scale_interface");
        Fd xdp = program(object, "node_xdp");
        if (isEven) {
            pinAndHold(attacher.xdpLink(xdp, eth, XdpMode.NATIVE), name, "xdp_link");
        } else {
            attacher.xdp(xdp, eth, XdpMode.NATIVE);
        }
        attacher.clsact(eth);
        attacher.filter(
                program(object, "node_classify"),
                new Filter(eth, TcParent.INGRESS, 0, 1, ETH_P_ALL, 1, "node_classify"));
        tcx(program(object, "node_from_net"), eth, isEven);
        object.programs().forEach((program, fd) -> stage.pin(fd, name, program));
        object.maps().forEach((map, fd) -> stage.pin(fd, name, map));
        if (isEven) {
            object.programs().keySet().forEach(program -> stage.hold(object.programId(program)));
            object.maps().values().forEach(map -> stage.hold(stage.loader().mapId(map)));
        }
        /* what is attached and pinned holds itself: thousands of descriptors need not stay open */
        stage.release();
    }

    private void tcx(Fd program, Device eth, boolean isEven) {
        if (!hasTcx) {
            return;
        }
        try {
            Fd link = attacher.tcxLink(program, eth, Direction.INGRESS);
            if (isEven) {
                pinAndHold(link, eth.name(), "tcx_link");
            } else {
                stage.pin(stage.keep(link), eth.name(), "tcx_link");
            }
        } catch (KernelException refused) {
            hasTcx = false;
            stage.leaveOut("tcx by link", String.valueOf(refused.getMessage()));
        }
    }

    private void pinAndHold(Fd link, String folder, String name) {
        stage.keep(link);
        stage.pin(link, folder, name);
        stage.hold(stage.loader().linkId(link));
    }

    private void cgroups(int count, Path cgroup) {
        for (int i = 0; i < count; i++) {
            Path child = cgroup.resolve("pod" + i);
            try {
                Files.createDirectory(child);
            } catch (IOException failed) {
                throw new LabException(child + ": " + failed.getMessage(), failed);
            }
            if (i % 4 == 0) {
                Fd egress = stage.load("cgroup_egress").program();
                Fd link = stage.keep(attacher.cgroupLink(egress, child, AttachType.CGROUP_INET_EGRESS));
                stage.pin(link, "cgroup", "pod" + i);
                stage.release();
            }
        }
    }

    private static Fd program(LoadedObject object, String name) {
        Fd fd = object.programs().get(name);
        if (fd == null) {
            throw new IllegalStateException("scale_interface.bpf.o has no " + name);
        }
        return fd;
    }
}
