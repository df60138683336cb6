package bpfbay.disasm;

import bpfbay.model.Bytes;
import java.nio.ByteBuffer;

/** An array of records whose size the kernel says, since newer kernels may append fields. */
final class InfoRecords {
    private final ByteBuffer records;
    private final int recordBytes;
    private final int count;
    private int next;

    /** Records shorter than {@code neededBytes} are none. */
    InfoRecords(Bytes records, int recordBytes, int neededBytes) {
        this.records = records.buffer();
        this.recordBytes = recordBytes;
        this.count = recordBytes < neededBytes ? 0 : records.size() / recordBytes;
    }

    /**
     * Goes to the last record that starts at or before {@code slot} and was not passed yet. Returns whether
     * there was one. All records begin with their instruction, a u32, and come in its order.
     */
    boolean advanceTo(int slot) {
        int before = next;
        while (next < count && (records.getInt(next * recordBytes) & 0xffffffffL) <= slot) {
            next++;
        }
        return next > before;
    }

    /** A field of the record reached. */
    int field(int number) {
        return records.getInt((next - 1) * recordBytes + 4 * number);
    }
}
