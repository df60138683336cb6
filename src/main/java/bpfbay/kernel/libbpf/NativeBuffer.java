package bpfbay.kernel.libbpf;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Memory that the shim writes and Java reads; it grows and never shrinks. The address is good until the
 * next {@link #grow} and as long as this object is reachable: keep it in a field.
 */
final class NativeBuffer {
    private Memory memory;
    private ByteBuffer view;

    NativeBuffer(int capacity) {
        memory = new Memory(capacity);
        view = viewOf(memory);
    }

    long address() {
        return Pointer.nativeValue(memory);
    }

    int capacity() {
        return view.capacity();
    }

    /** All of it, in the host's byte order; position and limit are the caller's to leave alone. */
    ByteBuffer view() {
        return view;
    }

    /** The first {@code length} bytes. */
    ByteBuffer slice(int length) {
        return view.slice(0, length).order(ByteOrder.nativeOrder());
    }

    /** Makes room for so many bytes; what was in it is lost. */
    void reserve(int bytes) {
        if (view.capacity() < bytes) {
            memory = new Memory(bytes);
            view = viewOf(memory);
        }
    }

    /** At least twice as large, the first {@code keep} bytes as they were. */
    void grow(int keep) {
        Memory larger = new Memory(2L * view.capacity());
        ByteBuffer largerView = viewOf(larger);
        largerView.put(0, view, 0, keep);
        memory = larger;
        view = largerView;
    }

    private static ByteBuffer viewOf(Memory memory) {
        return memory.getByteBuffer(0, memory.size()).order(ByteOrder.nativeOrder());
    }
}
