package bpfbay.swap;

import bpfbay.model.BpfMap;
import java.util.Set;

/** By which name maps of two programs are the same one to their author. */
public final class MapNames {
    private static final Set<String> INTERNAL = Set.of(".rodata", ".data", ".bss", ".kconfig", ".ksyms");
    private static final int KERNEL_LIMIT = 15;

    private MapNames() {}

    /** An internal map is named after the object file: {@code fw.bss}, {@code fw_v2.bss}. Its suffix is what counts. */
    static String base(String name) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            return name;
        }
        String suffix = name.substring(dot);
        for (String internal : INTERNAL) {
            // .rodata.str1.1, and .roda where the kernel's 15 bytes cut it
            if (suffix.startsWith(internal) || (name.length() >= KERNEL_LIMIT && internal.startsWith(suffix))) {
                return suffix.startsWith(internal) ? suffix : internal;
            }
        }
        return name;
    }

    /** Made by the compiler and libbpf: its author never named it. */
    public static boolean isInternal(String name) {
        return base(name).startsWith(".");
    }

    /** The file's name of a map may be longer than the kernel keeps. */
    static boolean isSame(String inFile, String inKernel) {
        return base(inFile).equals(base(inKernel))
                || (inKernel.length() == KERNEL_LIMIT && inFile.startsWith(inKernel));
    }

    static String label(BpfMap map) {
        return (map.name().isEmpty() ? "map " : map.name() + " ") + "#" + Integer.toUnsignedString(map.id());
    }
}
