package bpfbay.tui.page;

import bpfbay.btf.Btf;
import bpfbay.btf.BtfValue;
import bpfbay.model.BpfMap;
import bpfbay.model.Bytes;
import bpfbay.model.MapContents;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A first look into a map: how full it is, and a few of its entries. */
public final class MapText {
    private static final int MOST_BYTES = 64;

    private MapText() {}

    public static List<Line> of(BpfMap map, MapContents contents) {
        List<Line> lines = new ArrayList<>();
        boolean isCut = contents.coverage() == MapContents.Coverage.CUT_AT_LIMIT;
        String count = isCut ? "more than " + contents.entries() : String.valueOf(contents.entries());
        lines.add(Line.of(
                "    " + count + " of " + Integer.toUnsignedString(map.maxEntries()) + " entries",
                Ink.TEXT,
                contents.sample().isEmpty()
                        ? ""
                        : "  the first " + contents.sample().size(),
                Ink.DIM));
        Btf btf =
                contents.btf().size() == 0 ? Btf.NONE : Btf.parse(contents.btf().buffer());
        for (MapContents.Pair pair : contents.sample()) {
            lines.add(Line.of(
                    "    " + value(btf, map.btfKeyTypeId(), pair.key()) + " → ",
                    Ink.DIM,
                    isPerCpu(map) ? hex(pair.value()) : value(btf, map.btfValueTypeId(), pair.value()),
                    Ink.TEXT));
        }
        return lines;
    }

    private static boolean isPerCpu(BpfMap map) {
        return map.type().label().contains("percpu");
    }

    private static String value(Btf btf, int type, Bytes bytes) {
        return type == 0 ? hex(bytes) : BtfValue.of(btf, type, bytes);
    }

    private static String hex(Bytes bytes) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.size(), MOST_BYTES); i++) {
            hex.append(i > 0 ? " " : "").append(String.format(Locale.ROOT, "%02x", bytes.get(i) & 0xff));
        }
        return bytes.size() > MOST_BYTES ? hex + " … " + bytes.size() + " bytes" : hex.toString();
    }
}
