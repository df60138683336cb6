package bpfbay.kernel.libbpf;

import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Another network namespace, which a file alone keeps, and the sockets that were made in it. */
final class FarSide implements AutoCloseable {
    private final Path file;
    private final NamespaceThread thread;
    private final List<Channel> sockets = new ArrayList<>();

    FarSide() {
        try {
            file = Files.createTempFile("far", "");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Tool.run("unshare", "--net=" + file, "ip", "link", "set", "lo", "up");
        thread = new NamespaceThread(file);
    }

    NetNamespace namespace() {
        return Ground.namespace(file.toString(), NetNamespace.Scope.OTHER);
    }

    int ifindex(String name) {
        return new NetworkSource()
                .network(namespace(), Set.of()).interfaces().stream()
                        .filter(device -> device.name().equals(name))
                        .mapToInt(NetInterface::ifindex)
                        .findFirst()
                        .orElseThrow();
    }

    void take(String device) {
        Tool.run("ip", "link", "set", device, "netns", file.toString());
    }

    void run(String... command) {
        Tool.run(Stream.concat(Stream.of("nsenter", "--net=" + file), Stream.of(command))
                .toArray(String[]::new));
    }

    /** Gives a device of it an address, and lets it be up. */
    void address(String device, String address) {
        Ground.address(this::run, device, address);
    }

    void connect(String address, int port) {
        thread.call(() -> keep(() -> SocketChannel.open(endpoint(address, port))));
    }

    void listen(String address, int port) {
        thread.call(() -> keep(() -> ServerSocketChannel.open().bind(endpoint(address, port))));
    }

    private boolean keep(Opening opening) {
        try {
            return sockets.add(opening.open());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Of an address in numbers. */
    static InetSocketAddress endpoint(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getAllByName(address)[0], port);
    }

    private interface Opening {
        Channel open() throws IOException;
    }

    @Override
    public void close() {
        try {
            for (Channel socket : sockets) {
                socket.close();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            thread.close();
            Tool.run("umount", file.toString());
            file.toFile().delete();
        }
    }
}
