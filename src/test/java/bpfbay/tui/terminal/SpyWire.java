package bpfbay.tui.terminal;

import bpfbay.pty.Emulator;
import bpfbay.pty.PtyScreen;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A wire to an emulator that keeps each write. */
final class SpyWire implements Wire {
    private final Emulator emulator;
    private final List<String> writes = new ArrayList<>();
    private int columns;
    private int rows;

    SpyWire(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        this.emulator = new Emulator(columns, rows);
    }

    @Override
    public void enter() {
        emulator.write("\033[?1049h".getBytes(StandardCharsets.US_ASCII), 8);
    }

    @Override
    public void write(byte[] bytes, int length) {
        writes.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        emulator.write(bytes, length);
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    void resize(int newColumns, int newRows) {
        columns = newColumns;
        rows = newRows;
        emulator.resize(newColumns, newRows);
    }

    PtyScreen screen() {
        return emulator.screen();
    }

    /** What was written since the last call. */
    List<String> takeWrites() {
        List<String> taken = List.copyOf(writes);
        writes.clear();
        return taken;
    }
}
