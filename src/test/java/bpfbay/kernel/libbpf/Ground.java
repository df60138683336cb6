package bpfbay.kernel.libbpf;

import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.NetworkView;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/** What tests of one namespace stand on: its devices, pinned programs, and a look at it. */
final class Ground {
    /** Program types whose sections are looked at. */
    static final Set<Integer> ALL_TYPES = Set.of(3, 6, 22, 30);

    private Ground() {}

    static NetNamespace own() {
        return namespace("/proc/thread-self/ns/net", NetNamespace.Scope.OWN);
    }

    static NetNamespace namespace(String path, NetNamespace.Scope scope) {
        try {
            long inode = (Long) Files.getAttribute(Path.of(path), "unix:ino");
            return new NetNamespace(inode, OptionalLong.empty(), List.of(), path, scope);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    static NetworkView look() {
        return new NetworkSource().network(own(), ALL_TYPES);
    }

    static int ifindex(String name) {
        return look().interfaces().stream()
                .filter(device -> device.name().equals(name))
                .mapToInt(NetInterface::ifindex)
                .findFirst()
                .orElseThrow();
    }

    static void veth(String name, String peer) {
        Tool.run("ip", "link", "add", name, "type", "veth", "peer", "name", peer);
        Tool.run("ip", "link", "set", name, "up");
        Tool.run("ip", "link", "set", peer, "up");
    }

    /** Gives a device an address, and lets it be up. */
    static void address(String device, String address) {
        address(Tool::run, device, address);
    }

    static void address(Consumer<String[]> run, String device, String address) {
        List<String> add = new ArrayList<>(List.of("ip", "addr", "add", address, "dev", device));
        if (address.contains(":")) {
            add.add("nodad");
        }
        run.accept(add.toArray(String[]::new));
        run.accept(new String[] {"ip", "link", "set", device, "up"});
    }

    /** Pins a program that returns {@code verdict}; returns its id. */
    static int pin(int type, String name, int verdict) {
        int fd = RawBpf.loadProgram(type, 0, name, verdict);
        RawBpf.pin(fd, path(name));
        int id = RawBpf.id(fd);
        RawBpf.closeAll(fd);
        return id;
    }

    static String path(String name) {
        return "/sys/fs/bpf/" + name;
    }
}
