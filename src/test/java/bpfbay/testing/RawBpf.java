package bpfbay.testing;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/** bpf(2) in the raw, to make what tests look at. Descriptors are the caller's to {@link #close}. */
public final class RawBpf {
    public static final int BPF_PROG_TYPE_SOCKET_FILTER = 1;
    public static final int BPF_PROG_TYPE_SCHED_CLS = 3;
    public static final int BPF_PROG_TYPE_XDP = 6;
    public static final int BPF_PROG_TYPE_CGROUP_SKB = 8;
    public static final int BPF_PROG_TYPE_LSM = 29;
    public static final int BPF_XDP = 37;
    public static final int BPF_TCX_INGRESS = 46;
    public static final int BPF_MAP_TYPE_HASH = 1;
    public static final int BPF_MAP_TYPE_ARRAY = 2;

    private static final int MAP_CREATE = 0;
    private static final int MAP_UPDATE_ELEM = 2;
    private static final int MAP_DELETE_ELEM = 3;
    private static final int PROG_LOAD = 5;
    private static final int OBJ_PIN = 6;
    private static final int OBJ_GET = 7;
    private static final int PROG_ATTACH = 8;
    private static final int PROG_DETACH = 9;
    private static final int PROG_GET_FD_BY_ID = 13;
    private static final int OBJ_GET_INFO_BY_FD = 15;
    private static final int PROG_QUERY = 16;
    private static final int RAW_TRACEPOINT_OPEN = 17;
    private static final int LINK_CREATE = 28;
    private static final int LINK_UPDATE = 29;
    private static final int LINK_DETACH = 34;
    private static final int EBUSY = 16;
    private static final int ATTR_BYTES = 128;
    private static final int BPF_F_REPLACE = 4;
    private static final int BPF_F_XDP_HAS_FRAGS = 1 << 5;
    private static final int BPF_F_XDP_DEV_BOUND_ONLY = 1 << 6;
    private static final long SYS_BPF = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;

    static {
        Native.register(RawBpf.class, NativeLibrary.getProcess());
    }

    private RawBpf() {}

    private static native long syscall(long number, long cmd, Pointer attr, long size);

    private static native int close(int fd);

    private static native int dup(int fd);

    private static native int open(String path, int flags);

    /** A descriptor of a cgroup, or of any other folder. */
    public static int openDirectory(String path) {
        return required("open " + path, open(path, 0x90000));
    }

    /** Another descriptor of the same open file. */
    public static int duplicate(int fd) {
        return dup(fd);
    }

    /** A program that returns {@code value}; its maps, if any, are mentioned so that it holds them. */
    public static int loadProgram(int type, int expectedAttachType, String name, int value, int... mapFds) {
        int fd = tryLoad(type, expectedAttachType, 0, 0, name, value, mapFds);
        return required("BPF_PROG_LOAD", fd);
    }

    /** An XDP program that takes packets in several pieces, and so large ones where the driver has no other way. */
    public static int loadXdpWithFrags(String name) {
        return required("BPF_PROG_LOAD", tryLoad(BPF_PROG_TYPE_XDP, BPF_XDP, BPF_F_XDP_HAS_FRAGS, 0, name, 2));
    }

    /** An XDP program that may read the metadata of that device's packets, and so runs on no other. */
    public static int loadXdpFor(int ifindex, String name) {
        return required(
                "BPF_PROG_LOAD", tryLoad(BPF_PROG_TYPE_XDP, BPF_XDP, BPF_F_XDP_DEV_BOUND_ONLY, ifindex, name, 2));
    }

    /** A program that lets everything pass after so many steps: as many builds as there are numbers of steps. */
    public static int loadSteps(int type, int expectedAttachType, String name, int steps, int... mapFds) {
        return required("BPF_PROG_LOAD", tryLoad(type, expectedAttachType, 0, 0, name, 1, steps, mapFds));
    }

    static int loadError(int type, int expectedAttachType) {
        int fd = tryLoad(type, expectedAttachType, 0, 0, "probe", 0);
        if (fd >= 0) {
            close(fd);
        }
        return Math.max(0, -fd);
    }

    private static int tryLoad(
            int type, int expectedAttachType, int flags, int ifindex, String name, int value, int... mapFds) {
        return tryLoad(type, expectedAttachType, flags, ifindex, name, value, 1, mapFds);
    }

    private static int tryLoad(
            int type, int expectedAttachType, int flags, int ifindex, String name, int value, int steps, int[] mapFds) {
        Memory insns = cleared(8L * (2 * mapFds.length + steps + 1));
        long at = 0;
        for (int mapFd : mapFds) {
            // r1 = map, a load of 64 bits in two instructions
            insns.setByte(at, (byte) 0x18);
            insns.setByte(at + 1, (byte) 0x11);
            insns.setInt(at + 4, mapFd);
            at += 16;
        }
        for (int i = 0; i < steps; i++) {
            insns.setByte(at, (byte) 0xb7);
            insns.setInt(at + 4, value);
            at += 8;
        }
        insns.setByte(at, (byte) 0x95);
        Memory license = text("GPL");
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, type);
        attr.setInt(4, 2 * mapFds.length + steps + 1);
        attr.setPointer(8, insns);
        attr.setPointer(16, license);
        attr.setInt(44, flags);
        attr.write(48, Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 15), 0, 15);
        attr.setInt(64, ifindex);
        attr.setInt(68, expectedAttachType);
        return call(PROG_LOAD, attr);
    }

    public static int createMap(int type, int keySize, int valueSize, int maxEntries, String name) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, type);
        attr.setInt(4, keySize);
        attr.setInt(8, valueSize);
        attr.setInt(12, maxEntries);
        attr.write(28, Arrays.copyOf(name.getBytes(StandardCharsets.US_ASCII), 15), 0, 15);
        return required("BPF_MAP_CREATE", call(MAP_CREATE, attr));
    }

    public static void updateElement(int mapFd, byte[] key, byte[] value) {
        Memory keyMemory = bytes(key);
        Memory valueMemory = bytes(value);
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, mapFd);
        attr.setPointer(8, keyMemory);
        attr.setPointer(16, valueMemory);
        required("BPF_MAP_UPDATE_ELEM", call(MAP_UPDATE_ELEM, attr));
    }

    public static void deleteElement(int mapFd, byte[] key) {
        Memory keyMemory = bytes(key);
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, mapFd);
        attr.setPointer(8, keyMemory);
        required("BPF_MAP_DELETE_ELEM", call(MAP_DELETE_ELEM, attr));
    }

    public static void pin(int fd, String path) {
        pin(fd, path.getBytes(StandardCharsets.UTF_8));
    }

    public static void pin(int fd, byte[] path) {
        Memory pathMemory = bytes(Arrays.copyOf(path, path.length + 1));
        Memory attr = cleared(ATTR_BYTES);
        attr.setPointer(0, pathMemory);
        attr.setInt(8, fd);
        required("BPF_OBJ_PIN", call(OBJ_PIN, attr));
    }

    /** A descriptor of what is pinned there. */
    public static int open(String path) {
        Memory pathMemory = text(path);
        Memory attr = cleared(ATTR_BYTES);
        attr.setPointer(0, pathMemory);
        return required("BPF_OBJ_GET", call(OBJ_GET, attr));
    }

    /** {@code target} is a descriptor or an ifindex, as the attach type wants. */
    public static int createLink(int progFd, int target, int attachType) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, progFd);
        attr.setInt(4, target);
        attr.setInt(8, attachType);
        return required("BPF_LINK_CREATE", call(LINK_CREATE, attr));
    }

    /** Empty where another link has the place. */
    public static OptionalInt tryCreateLink(int progFd, int target, int attachType) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, progFd);
        attr.setInt(4, target);
        attr.setInt(8, attachType);
        int fd = call(LINK_CREATE, attr);
        return fd == -EBUSY ? OptionalInt.empty() : OptionalInt.of(required("BPF_LINK_CREATE", fd));
    }

    public static int openRawTracepoint(int progFd, String name) {
        Memory nameMemory = text(name);
        Memory attr = cleared(ATTR_BYTES);
        attr.setPointer(0, nameMemory);
        attr.setInt(8, progFd);
        return required("BPF_RAW_TRACEPOINT_OPEN", call(RAW_TRACEPOINT_OPEN, attr));
    }

    public static void updateLink(int linkFd, int progFd) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, linkFd);
        attr.setInt(4, progFd);
        required("BPF_LINK_UPDATE", call(LINK_UPDATE, attr));
    }

    public static void detachLink(int linkFd) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, linkFd);
        required("BPF_LINK_DETACH", call(LINK_DETACH, attr));
    }

    /** {@code flags} are BPF_F_ALLOW_MULTI and its kin. */
    public static void attach(int progFd, int target, int attachType, int flags) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, target);
        attr.setInt(4, progFd);
        attr.setInt(8, attachType);
        attr.setInt(12, flags);
        required("BPF_PROG_ATTACH", call(PROG_ATTACH, attr));
    }

    /** In the place of another program of the same list. */
    public static void replace(int progFd, int oldFd, int target, int attachType, int flags) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, target);
        attr.setInt(4, progFd);
        attr.setInt(8, attachType);
        attr.setInt(12, flags | BPF_F_REPLACE);
        attr.setInt(16, oldFd);
        required("BPF_PROG_ATTACH", call(PROG_ATTACH, attr));
    }

    public static void detach(int progFd, int target, int attachType) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, target);
        attr.setInt(4, progFd);
        attr.setInt(8, attachType);
        required("BPF_PROG_DETACH", call(PROG_DETACH, attr));
    }

    static int queryError(int target, int attachType) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, target);
        attr.setInt(4, attachType);
        return Math.max(0, -call(PROG_QUERY, attr));
    }

    /** A descriptor of the first program that is attached to a cgroup itself. */
    public static int programOf(int cgroup, int attachType) {
        Memory ids = cleared(64);
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, cgroup);
        attr.setInt(4, attachType);
        attr.setPointer(16, ids);
        attr.setInt(24, 16);
        required("BPF_PROG_QUERY", call(PROG_QUERY, attr));
        Memory wanted = cleared(ATTR_BYTES);
        wanted.setInt(0, ids.getInt(0));
        return required("BPF_PROG_GET_FD_BY_ID", call(PROG_GET_FD_BY_ID, wanted));
    }

    /** The id of a program, link or map: the second number in the information on each of them. */
    public static int id(int fd) {
        Memory info = cleared(8);
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, fd);
        attr.setInt(4, 8);
        attr.setPointer(8, info);
        required("BPF_OBJ_GET_INFO_BY_FD", call(OBJ_GET_INFO_BY_FD, attr));
        return info.getInt(4);
    }

    public static void closeAll(int... fds) {
        for (int fd : fds) {
            close(fd);
        }
    }

    private static int call(int command, Memory attr) {
        long value = syscall(SYS_BPF, command, attr, ATTR_BYTES);
        int errno = Native.getLastError();
        return value < 0 ? -errno : (int) value;
    }

    private static int required(String what, int value) {
        if (value < 0) {
            throw new IllegalStateException(what + ": errno " + -value);
        }
        return value;
    }

    private static Memory cleared(long size) {
        Memory memory = new Memory(size);
        memory.clear();
        return memory;
    }

    private static Memory text(String text) {
        return bytes(Arrays.copyOf(text.getBytes(StandardCharsets.US_ASCII), text.length() + 1));
    }

    private static Memory bytes(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }
}
