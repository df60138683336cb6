package bpfbay.kernel;

import bpfbay.model.AttachType;
import bpfbay.model.ObjectId;
import bpfbay.model.ProgType;
import java.nio.file.Path;

/** Brings object files into the kernel, and hands out what puts them on hooks. */
public interface Loader {
    /**
     * Loads every program of the file; {@code LIBBPF_PIN_BY_NAME} maps are pinned as the file says. Fails
     * with {@link KernelException.Rejected} where the verifier says no.
     */
    LoadedObject load(Path objectFile);

    /** The same, for a file whose section name this libbpf may not know: every program gets the type. */
    LoadedObject load(Path objectFile, ProgType type, AttachType expectedAttachType);

    /** The same, as an extension (freplace) of a function of a loaded program. */
    LoadedObject loadExtension(Path objectFile, Fd target, String function);

    /** The kernel's number of what a descriptor holds. */
    ObjectId mapId(Fd map);

    ObjectId linkId(Fd link);

    /** Attaches in the network namespace that the file names, such as {@code /run/netns/blue}. */
    Attacher attacher(Path namespace);

    /** An object file that was built with bpfbay: {@code xdp_fw} is that of {@code bpf/xdp_fw.bpf.c}. */
    Path ownObject(String name);

    /** An executable that was built with bpfbay from {@code native/}. */
    Path ownExecutable(String name);
}
