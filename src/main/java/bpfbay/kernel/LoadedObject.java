package bpfbay.kernel;

import bpfbay.model.ObjectId;
import java.util.Map;

/**
 * An object file that was loaded. Its programs and maps live until this is closed, or longer where a link,
 * a hook, a pin or another program holds them.
 */
public interface LoadedObject extends AutoCloseable {
    /** By the whole names of their functions; the descriptors belong to this object. */
    Map<String, Fd> programs();

    /** By libbpf's names, such as {@code packets} or {@code .rodata}; the descriptors belong to this object. */
    Map<String, Fd> maps();

    /** The descriptor of the object's only program. */
    default Fd program() {
        if (programs().size() != 1) {
            throw new IllegalStateException("not one program but " + programs().keySet());
        }
        return programs().values().iterator().next();
    }

    /** The kernel's number of one of its programs. */
    ObjectId programId(String name);

    @Override
    void close();
}
