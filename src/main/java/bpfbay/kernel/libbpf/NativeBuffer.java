package bpfbay.kernel.libbpf;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the shim writes and Java reads; it grows and never shrinks. The address is good until the
 * next {@link #grow} and as long as this object is reachable: keep it in a field. A view, or a slice of it,
 * is good as long as somebody has it and nothing is closed. It starts as anything.
 */
final class NativeBuffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private final int atFirst;
    private @Nullable Memory memory;

    /** The view is what somebody may still have; with the last of its slices the memory goes. */
    private record Memory(long address, ByteBuffer view, Cleaner.Cleanable release) {
        static Memory of(int bytes) {
            long address = SystemShim.shim_allocate(bytes);
            if (address == 0) {
                throw new OutOfMemoryError("no room for " + bytes + " bytes outside the heap");
            }
            ByteBuffer view = SystemShim.shim_buffer(address, bytes).order(ByteOrder.nativeOrder());
            return new Memory(address, view, CLEANER.register(view, new Release(address)));
        }
    }

    private record Release(long address) implements Runnable {
        @Override
        public void run() {
            SystemShim.shim_free(address);
        }
    }

    /** Of what is never looked at nothing is taken. */
    NativeBuffer(int capacity) {
        atFirst = capacity;
    }

    private Memory memory() {
        Memory there = memory == null ? Memory.of(atFirst) : memory;
        memory = there;
        return there;
    }

    long address() {
        return memory().address();
    }

    int capacity() {
        return memory().view().capacity();
    }

    /** All of it, in the host's byte order; position and limit are the caller's to leave alone. */
    ByteBuffer view() {
        return memory().view();
    }

    /** The first {@code length} bytes. */
    ByteBuffer slice(int length) {
        return memory().view().slice(0, length).order(ByteOrder.nativeOrder());
    }

    /** Makes room for so many bytes; what was in it is lost. */
    void reserve(int bytes) {
        if (capacity() < bytes) {
            memory = Memory.of(bytes);
        }
    }

    /** At least twice as large, the first {@code keep} bytes as they were. */
    void grow(int keep) {
        Memory larger = Memory.of(2 * capacity());
        larger.view().put(0, view(), 0, keep);
        memory = larger;
    }

    /** At once, where many would otherwise wait for the garbage collector. */
    void close() {
        if (memory != null) {
            memory.release().clean();
        }
    }
}
