package bpfbay.cli;

import bpfbay.export.PacketPath;
import bpfbay.export.PathOrder;
import bpfbay.export.PathText;
import bpfbay.kernel.Kernel;
import bpfbay.model.NetInterface;
import bpfbay.model.NetNamespace;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import java.util.List;
import java.util.Optional;

/** {@code bpfbay path}: an interface of the own namespace, or {@code netns:NAME/IFACE}. */
record PathCommand(Invocation invocation, Surroundings surroundings) {
    ExitCode run() {
        Snapshot snapshot = take();
        PacketPath path = PathOrder.of(find(invocation.operand().orElseThrow(), snapshot), snapshot);
        if (invocation.has(Option.JSON)) {
            PathText.writeJson(path, snapshot, surroundings.out());
        } else {
            Output.print(surroundings.out(), PathText.of(path, snapshot));
        }
        return ExitCode.DONE;
    }

    private Snapshot take() {
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            return Picture.take(kernel, surroundings);
        }
    }

    static NetInterface find(String word, Snapshot snapshot) {
        int slash = word.startsWith("netns:") ? word.indexOf('/') : -1;
        Optional<NetNamespace> namespace = slash < 0
                ? snapshot.namespaces().stream().filter(NetNamespace::isOwn).findFirst()
                : Refs.namespace(word.substring("netns:".length(), slash), snapshot.namespaces());
        String name = word.substring(slash + 1);
        List<NetInterface> there = snapshot.interfaces().stream()
                .filter(d ->
                        namespace.isPresent() && d.netns() == namespace.get().inode())
                .toList();
        if (namespace.isEmpty() && slash >= 0) {
            throw ArgumentParser.unknown(
                    "path: unknown network namespace",
                    word.substring("netns:".length(), slash),
                    snapshot.namespaces().stream().map(NetNamespace::label).toList());
        }
        return there.stream()
                .filter(d -> d.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ArgumentParser.unknown(
                        "path: unknown interface",
                        name,
                        there.stream().map(NetInterface::name).toList()));
    }
}
