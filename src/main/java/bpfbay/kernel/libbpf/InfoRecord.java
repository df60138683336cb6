package bpfbay.kernel.libbpf;

import bpfbay.model.ObjectId;
import java.util.List;

/**
 * {@code struct shim_object} and what follows it: the facts of one program, link or map.
 *
 * @param error 0, or the positive errno; then the rest is empty
 * @param extra number of map ids of a program, or bytes of a link's name
 * @param behind the map ids or the name
 */
record InfoRecord(
        ObjectId.Kind kind,
        int id,
        int error,
        KernelStruct info,
        int extra,
        KernelStruct behind,
        int funcTypeId,
        long memlock) {
    static final int HEADER_BYTES = 16;
    static final int BYTES = 40;

    /** The record at {@code offset}; the next one is {@link #sizeAt} further. */
    static InfoRecord at(HostBytes bytes, int offset) {
        ObjectId.Kind kind = kind(bytes.int32(offset + 4));
        int id = bytes.int32(offset + 8);
        int error = bytes.int32(offset + 12);
        if (error != 0) {
            KernelStruct nothing = new KernelStruct(bytes, offset, 0);
            return new InfoRecord(kind, id, error, nothing, 0, nothing, 0, 0);
        }
        int infoLength = bytes.int32(offset + 16);
        int infoSpace = bytes.int32(offset + 20);
        int behind = offset + BYTES + infoSpace;
        return new InfoRecord(
                kind,
                id,
                0,
                new KernelStruct(bytes, offset + BYTES, infoLength),
                bytes.int32(offset + 24),
                new KernelStruct(bytes, behind, offset + sizeAt(bytes, offset) - behind),
                bytes.int32(offset + 28),
                bytes.int64(offset + 32));
    }

    /** {@code enum shim_kind}. */
    static int number(ObjectId.Kind kind) {
        return switch (kind) {
            case PROG -> 0;
            case LINK -> 1;
            case MAP -> 2;
        };
    }

    static ObjectId.Kind kind(int number) {
        return switch (number) {
            case 0 -> ObjectId.Kind.PROG;
            case 1 -> ObjectId.Kind.LINK;
            case 2 -> ObjectId.Kind.MAP;
            default -> throw new IllegalArgumentException("enum shim_kind " + number);
        };
    }

    static int sizeAt(HostBytes bytes, int offset) {
        return bytes.int32(offset);
    }

    List<Integer> mapIds() {
        Integer[] ids = new Integer[extra];
        for (int i = 0; i < extra; i++) {
            ids[i] = behind.u32(4 * i);
        }
        return List.of(ids);
    }

    /** Without its NUL; empty where the kernel gave none. */
    String name() {
        return behind.text(0, extra);
    }
}
