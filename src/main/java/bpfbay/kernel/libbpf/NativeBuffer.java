package bpfbay.kernel.libbpf;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the shim writes and Java reads; it grows and never shrinks. The address is good until the
 * next {@link #grow} and as long as this object is reachable: keep it in a field. A view, or a slice of it,
 * is good as long as somebody has it and nothing is closed. It starts as anything.
 */
final class NativeBuffer {
    private static final Cleaner CLEANER = Cleaner.create();

    private Memory memory;

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

    NativeBuffer(int capacity) {
        memory = Memory.of(capacity);
    }

    long address() {
        return memory.address();
    }

    int capacity() {
        return memory.view().capacity();
    }

    /** All of it, in the host's byte order; position and limit are the caller's to leave alone. */
    ByteBuffer view() {
        return memory.view();
    }

    /** The first {@code length} bytes. */
    ByteBuffer slice(int length) {
        return memory.view().slice(0, length).order(ByteOrder.nativeOrder());
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
        larger.view().put(0, memory.view(), 0, keep);
        memory = larger;
    }

    /** At once, where many would otherwise wait for the garbage collector. */
    void close() {
        memory.release().clean();
    }
}
