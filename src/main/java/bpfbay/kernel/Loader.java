package bpfbay.kernel;

import java.nio.file.Path;

/** Brings object files into the kernel, and hands out what puts them on hooks. */
public interface Loader {
    /**
     * Loads every program of the file; {@code LIBBPF_PIN_BY_NAME} maps are pinned as the file says. Fails
     * with {@link KernelException.Rejected} where the verifier says no.
     */
    LoadedObject load(Path objectFile);

    /** The same, as an extension (freplace) of a function of a loaded program. */
    LoadedObject loadExtension(Path objectFile, Fd target, String function);

    /** Attaches in the network namespace that the file names, such as {@code /run/netns/blue}. */
    Attacher attacher(Path namespace);

    /** An object that was built with bpfbay from {@code bpf/}. */
    Path ownObject(String name);
}
