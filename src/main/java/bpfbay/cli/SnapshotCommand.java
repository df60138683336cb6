package bpfbay.cli;

import bpfbay.diagnose.Hooks;
import bpfbay.export.Escaper;
import bpfbay.export.ManifestJson;
import bpfbay.export.Redaction;
import bpfbay.export.SnapshotJson;
import bpfbay.export.SnapshotText;
import bpfbay.kernel.Kernel;
import bpfbay.model.Attachment;
import bpfbay.model.NetNamespace;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** {@code bpfbay snapshot}. */
record SnapshotCommand(Invocation invocation, Surroundings surroundings) {
    private static final int NAMED = 3;

    ExitCode run() {
        Snapshot seen = narrowed(take());
        Snapshot snapshot = invocation.has(Option.REDACT) ? new Redaction().of(seen) : seen;
        if (invocation.has(Option.AS_MANIFEST)) {
            ManifestJson.write(Hooks.of(snapshot), surroundings.out());
            unnamed(Hooks.unnamed(snapshot));
        } else if (invocation.has(Option.JSON)) {
            SnapshotJson.write(snapshot, surroundings.out());
        } else {
            Output.print(surroundings.out(), SnapshotText.of(snapshot));
        }
        if (Picture.isDenied(snapshot)) {
            Output.print(surroundings.err(), "bpfbay: " + Picture.DENIED + "\n");
            return ExitCode.NOT_POSSIBLE;
        }
        return ExitCode.DONE;
    }

    private void unnamed(List<Attachment> leftOut) {
        if (!leftOut.isEmpty()) {
            List<String> refs =
                    leftOut.stream().limit(NAMED).map(Attachment::ref).toList();
            Output.print(
                    surroundings.err(),
                    "bpfbay: not in the manifest, as no name leads there: " + Escaper.escape(String.join(", ", refs))
                            + (leftOut.size() > NAMED ? " and " + (leftOut.size() - NAMED) + " more" : "") + "\n");
        }
    }

    private Snapshot take() {
        try (Kernel kernel = surroundings.kernels().open(Picture.loading(invocation))) {
            return Picture.take(kernel, surroundings);
        }
    }

    private Snapshot narrowed(Snapshot all) {
        String word = invocation.value(Option.NETNS).orElse("all");
        if (word.equals("all")) {
            return all;
        }
        return OneNamespace.of(
                all,
                Refs.namespace(word, all.namespaces())
                        .orElseThrow(() -> ArgumentParser.unknown(
                                "snapshot: unknown network namespace", word, words(all.namespaces()))));
    }

    /** What a namespace can be called on the command line. */
    static List<String> words(List<NetNamespace> namespaces) {
        List<String> words = new ArrayList<>();
        namespaces.forEach(n -> words.addAll(n.names()));
        namespaces.forEach(n -> words.add(Long.toUnsignedString(n.inode())));
        return words;
    }
}
