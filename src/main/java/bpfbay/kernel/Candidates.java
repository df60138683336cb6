package bpfbay.kernel;

import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a program from an object file for a plan, and changes nothing that is live: no slot of a re-used map
 * is filled, and no pin of the file's wishes is made or followed. The file is opened in a process of its own,
 * so that one which makes libbpf fall over costs an error line.
 */
public interface Candidates {
    /** The programs and maps that an object file defines. A base KernelException where it is no such file. */
    Contents contents(Path objectFile);

    /** Fails with {@link KernelException.Rejected} where the verifier says no. */
    Loaded load(Wish wish);

    /**
     * What to load.
     *
     * @param program by the name of its function; may be left out where the file has one only
     * @param expected in this order, until the kernel loads it; none means that of the file. XDP loads with any, and
     *     it is the link that refuses one which the live program has not (37 against 0)
     * @param reuse ids of live maps, by the names that the maps have in the file
     */
    record Wish(
            Path objectFile,
            Optional<String> program,
            ProgType type,
            List<AttachType> expected,
            Map<String, Integer> reuse) {}

    /** What an object file defines, in its order. */
    record Contents(List<Defined> programs, List<DefinedMap> maps) {}

    record Defined(String name, String section, ProgType type) {}

    /** {@code isInternal}: .rodata, .data, .bss and their like, which libbpf names after the file. */
    record DefinedMap(
            String name, int type, int keySize, int valueSize, int maxEntries, int flags, boolean isInternal) {}

    /** A program in the kernel, with the maps it was given. The descriptors belong to this object. */
    interface Loaded extends AutoCloseable {
        Fd program();

        int progId();

        /** By the names that they have in the file. */
        Map<String, Fd> maps();

        /** Of the verifier, whole; empty where it said nothing. */
        String verifierLog();

        @Override
        void close();
    }
}
