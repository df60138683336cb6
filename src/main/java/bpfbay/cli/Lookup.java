package bpfbay.cli;

import bpfbay.model.Nearest;
import bpfbay.model.Pin;
import bpfbay.model.Ref;
import bpfbay.model.Refs;
import bpfbay.model.Snapshot;
import java.util.Optional;

/** Finds what an argument of {@code show} names, or says what it may have meant. */
final class Lookup {
    private final Snapshot snapshot;
    private final String word;

    private Lookup(Snapshot snapshot, String word) {
        this.snapshot = snapshot;
        this.word = word;
    }

    /** Fails with a UsageException, or a RefSyntaxException. */
    static Named find(String word, Snapshot snapshot) {
        return new Lookup(snapshot, word).find();
    }

    private Named find() {
        if (word.startsWith("prog:")) {
            return snapshot.program(id("prog:"))
                    .<Named>map(Named.OfProgram::new)
                    .orElseThrow(() -> nothing("no such program"));
        } else if (word.startsWith("link:")) {
            return snapshot.link(id("link:")).<Named>map(Named.OfLink::new).orElseThrow(() -> nothing("no such link"));
        } else if (word.startsWith("map:")) {
            return snapshot.map(id("map:")).<Named>map(Named.OfMap::new).orElseThrow(() -> nothing("no such map"));
        } else if (word.startsWith("pin:")) {
            return pin(word.substring("pin:".length()));
        }
        Ref ref = Ref.parse(word);
        return Refs.resolve(ref, snapshot)
                .<Named>map(Named.OfAttachment::new)
                .orElseThrow(() -> nothing("nothing is attached there" + meant(Refs.nearest(ref.text(), snapshot))));
    }

    private Named pin(String path) {
        return snapshot.pins().stream()
                .filter(pin -> pin.path().equals(path))
                .<Named>map(Named.OfPin::new)
                .findFirst()
                .orElseThrow(() -> nothing("no such pin"
                        + meant(Nearest.to(
                                path, snapshot.pins().stream().map(Pin::path).toList()))));
    }

    private int id(String prefix) {
        String digits = word.substring(prefix.length());
        try {
            if (!digits.startsWith("+")) {
                return Integer.parseUnsignedInt(digits);
            }
        } catch (NumberFormatException e) {
            throw nothing("'" + digits + "' is no id");
        }
        throw nothing("'" + digits + "' is no id");
    }

    private UsageException nothing(String why) {
        String privilege = Picture.isDenied(snapshot) ? " (these privileges show nothing of BPF)" : "";
        return new UsageException("show: " + word + ": " + why + privilege);
    }

    private static String meant(Optional<String> near) {
        return near.map(text -> ": did you mean '" + text + "'?").orElse("");
    }
}
