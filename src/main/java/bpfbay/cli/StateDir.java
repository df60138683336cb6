package bpfbay.cli;

import java.nio.file.Path;
import java.util.Optional;

/** {@code --state-dir}. */
final class StateDir {
    private StateDir() {}

    static Optional<Path> of(Invocation invocation) {
        Optional<String> folder = invocation.value(Option.STATE_DIR);
        if (folder.isPresent() && folder.get().isEmpty()) {
            throw invocation.wrong("--state-dir needs a folder");
        }
        return folder.map(name -> Path.of(name).toAbsolutePath().normalize());
    }
}
