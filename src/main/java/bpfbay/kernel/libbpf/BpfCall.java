package bpfbay.kernel.libbpf;

/**
 * One call of bpf(2): a zeroed {@code union bpf_attr}, filled by offset. For what libbpf 1.1 has no words
 * for; the kernel takes an attribute that is longer than it knows as long as the rest is zero.
 */
final class BpfCall implements AutoCloseable {
    static final int MAP_LOOKUP_ELEM = 1;
    static final int MAP_GET_NEXT_KEY = 4;
    static final int OBJ_PIN = 6;
    static final int PROG_ATTACH = 8;
    static final int PROG_DETACH = 9;
    static final int PROG_TEST_RUN = 10;
    static final int PROG_GET_FD_BY_ID = 13;
    static final int MAP_GET_FD_BY_ID = 14;
    static final int OBJ_GET_INFO_BY_FD = 15;
    static final int PROG_QUERY = 16;
    static final int RAW_TRACEPOINT_OPEN = 17;
    static final int BTF_GET_FD_BY_ID = 19;
    static final int LINK_CREATE = 28;
    static final int ENABLE_STATS = 32;

    private static final int BYTES = 128;

    private final NativeBuffer attr = new NativeBuffer(BYTES);

    BpfCall() {
        attr.view().put(0, new byte[BYTES]);
    }

    BpfCall u32(int offset, int value) {
        attr.view().putInt(offset, value);
        return this;
    }

    BpfCall u64(int offset, long value) {
        attr.view().putLong(offset, value);
        return this;
    }

    /** What the kernel wrote there. */
    int u32At(int offset) {
        return attr.view().getInt(offset);
    }

    /** What the kernel wrote there. */
    long u64At(int offset) {
        return attr.view().getLong(offset);
    }

    /** A value, such as a descriptor, or -errno. */
    int run(int command) {
        return CallShim.shim_bpf_call(command, attr.address(), BYTES);
    }

    @Override
    public void close() {
        attr.close();
    }
}
