package bpfbay.kernel;

import java.nio.file.Path;

/** Brings object files into the kernel. Any thread; each call stands alone. */
public interface Loader {
    /**
     * Loads every program of the file; {@code LIBBPF_PIN_BY_NAME} maps are pinned as the file says. Fails
     * with {@link KernelException.Rejected} where the verifier says no.
     */
    LoadedObject load(Path objectFile);

    /** The same, as an extension (freplace) of a function of a loaded program. */
    LoadedObject loadExtension(Path objectFile, Fd target, String function);

    /** An object that was built with bpfbay from {@code bpf/}. */
    Path ownObject(String name);
}
