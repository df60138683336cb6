package bpfbay.testing;

import bpfbay.model.Bytes;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A pinned program's text, by bpf(2) in the raw and with every function of /proc/kallsyms. */
public final class RawDump {
    private static final int OBJ_GET = 7;
    private static final int OBJ_GET_INFO_BY_FD = 15;
    private static final int BTF_GET_FD_BY_ID = 19;
    private static final int ATTR_BYTES = 128;
    private static final int PROG_INFO_BYTES = 232;
    private static final int BTF_INFO_BYTES = 32;
    private static final long SYS_BPF = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;

    static {
        Native.register(RawDump.class, NativeLibrary.getProcess());
    }

    private final Memory info = cleared(PROG_INFO_BYTES);
    private final Memory filled = cleared(PROG_INFO_BYTES);
    private final List<Memory> buffers = new ArrayList<>();

    private RawDump() {}

    private static native long syscall(long number, long cmd, Pointer attr, long size);

    private static native int close(int fd);

    public static ProgramDump of(Path pin) {
        byte[] path = pin.toString().getBytes(StandardCharsets.UTF_8);
        Memory pathMemory = cleared(path.length + 1L);
        pathMemory.write(0, path, 0, path.length);
        Memory attr = cleared(ATTR_BYTES);
        attr.setPointer(0, pathMemory);
        int fd = call(OBJ_GET, attr);
        try {
            return new RawDump().read(fd);
        } finally {
            close(fd);
        }
    }

    /* Offsets of struct bpf_prog_info. */
    private ProgramDump read(int fd) {
        information(fd, info);
        Memory code = buffer(20, 32, 1);
        Memory functions = buffer(104, 112, Long.BYTES);
        int functionRecord = recordSize(132);
        Memory functionInfo = buffer(144, 136, functionRecord);
        int lineRecord = recordSize(172);
        Memory lineInfo = buffer(148, 152, lineRecord);
        information(fd, filled);
        Map<Long, String> symbols = symbols();
        return new ProgramDump(
                info.getInt(4),
                Reading.of(bytes(code)),
                btf(info.getInt(128)),
                bytes(functionInfo),
                functionRecord,
                bytes(lineInfo),
                lineRecord,
                List.of(),
                symbols.entrySet().stream()
                        .filter(symbol -> symbol.getValue().equals("__bpf_call_base"))
                        .mapToLong(Map.Entry::getKey)
                        .findFirst(),
                addresses(functions),
                symbols);
    }

    private int recordSize(long offset) {
        filled.setInt(offset, info.getInt(offset));
        return info.getInt(offset);
    }

    /** Room for as many records as the kernel counts, announced at both offsets. */
    private Memory buffer(long countOffset, long pointerOffset, int recordBytes) {
        int count = info.getInt(countOffset);
        Memory buffer = cleared(Math.max(1L, (long) count * recordBytes));
        buffers.add(buffer);
        filled.setInt(countOffset, count);
        filled.setPointer(pointerOffset, count == 0 ? Pointer.NULL : buffer);
        return count == 0 ? cleared(1) : buffer;
    }

    private Bytes btf(int id) {
        if (id == 0) {
            return Bytes.EMPTY;
        }
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, id);
        int fd = call(BTF_GET_FD_BY_ID, attr);
        try {
            Memory size = cleared(BTF_INFO_BYTES);
            information(fd, size);
            Memory blob = cleared(size.getInt(8));
            Memory request = cleared(BTF_INFO_BYTES);
            request.setPointer(0, blob);
            request.setInt(8, (int) blob.size());
            information(fd, request);
            return bytes(blob);
        } finally {
            close(fd);
        }
    }

    private static void information(int fd, Memory info) {
        Memory attr = cleared(ATTR_BYTES);
        attr.setInt(0, fd);
        attr.setInt(4, (int) info.size());
        attr.setPointer(8, info);
        call(OBJ_GET_INFO_BY_FD, attr);
    }

    private static Map<Long, String> symbols() {
        Map<Long, String> symbols = new HashMap<>();
        try (Stream<String> lines = Files.lines(Path.of("/proc/kallsyms"))) {
            lines.map(line -> line.split("[ \t]", 4))
                    .forEach(words -> symbols.putIfAbsent(Long.parseUnsignedLong(words[0], 16), words[2]));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return symbols;
    }

    private static List<Long> addresses(Memory memory) {
        List<Long> addresses = new ArrayList<>();
        for (long at = 0; at + Long.BYTES <= memory.size(); at += Long.BYTES) {
            addresses.add(memory.getLong(at));
        }
        return addresses;
    }

    private static Bytes bytes(Memory memory) {
        return memory.size() == 1 ? Bytes.EMPTY : Bytes.copyOf(memory.getByteArray(0, (int) memory.size()));
    }

    private static int call(int command, Memory attr) {
        long value = syscall(SYS_BPF, command, attr, ATTR_BYTES);
        int errno = Native.getLastError();
        if (value < 0) {
            throw new IllegalStateException("bpf command " + command + ": errno " + errno);
        }
        return (int) value;
    }

    private static Memory cleared(long size) {
        Memory memory = new Memory(size);
        memory.clear();
        return memory;
    }
}
