package bpfbay.tui.state;

import java.util.OptionalDouble;

/**
 * Where in a recording the picture is that one sees.
 *
 * @param index from 0
 * @param speed while it plays
 */
public record Position(int index, int size, OptionalDouble speed) {
    public boolean isFirst() {
        return index == 0;
    }

    public boolean isLast() {
        return index == size - 1;
    }
}
