package bpfbay.disasm;

import bpfbay.model.Bytes;
import bpfbay.model.ProgramDump;
import bpfbay.model.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A program as a kernel gave it out, kept as a text resource with one {@code key value} a line. */
final class Capture {
    private static final HexFormat HEX = HexFormat.of();

    private static final Path RESOURCES = Path.of("src/test/resources/disasm");

    private Capture() {}

    static ProgramDump read(String name) {
        Map<String, String> fields = new HashMap<>();
        List<Long> functions = new ArrayList<>();
        Map<Long, String> symbols = new HashMap<>();
        for (String line : text(name + ".capture").lines().toList()) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("function")) {
                functions.add(Long.parseUnsignedLong(words[1], 16));
            } else if (words[0].equals("symbol")) {
                symbols.put(Long.parseUnsignedLong(words[1], 16), words[2]);
            } else if (!words[0].equals("#")) {
                fields.put(words[0], words[1]);
            }
        }
        return new ProgramDump(
                0,
                Reading.of(bytes(fields, "xlated")),
                bytes(fields, "btf"),
                bytes(fields, "func_info"),
                Integer.parseInt(fields.get("func_info_size")),
                bytes(fields, "line_info"),
                Integer.parseInt(fields.get("line_info_size")),
                List.of(),
                OptionalLong.of(Long.parseUnsignedLong(fields.get("call_base"), 16)),
                functions,
                symbols);
    }

    /** What bpftool printed of the same program. */
    static String expected(String name) {
        return text(name + ".expected");
    }

    /** The C it was compiled from. */
    static String source(String name) {
        return text(name + ".bpf.c");
    }

    /** Keeps a program in the source tree, with the symbols that its text calls. */
    static void write(String name, ProgramDump dump, String expected) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# from Linux " + System.getProperty("os.version"));
        lines.add("xlated " + dump.xlated().found().orElseThrow());
        lines.add("btf " + dump.btf());
        lines.add("func_info_size " + dump.funcInfoSize());
        lines.add("func_info " + dump.funcInfo());
        lines.add("line_info_size " + dump.lineInfoSize());
        lines.add("line_info " + dump.lineInfo());
        lines.add("call_base " + Long.toHexString(dump.callBase().orElseThrow()));
        dump.functions().forEach(address -> lines.add("function " + Long.toHexString(address)));
        dump.symbols().forEach((address, symbol) -> {
            if (expected.contains("call " + symbol + "#") || expected.contains("#" + symbol)) {
                lines.add("symbol " + Long.toHexString(address) + " " + symbol);
            }
        });
        Files.write(RESOURCES.resolve(name + ".capture"), lines);
        Files.writeString(RESOURCES.resolve(name + ".expected"), expected);
    }

    private static Bytes bytes(Map<String, String> fields, String key) {
        return Bytes.copyOf(HEX.parseHex(fields.get(key)));
    }

    private static String text(String file) {
        try (InputStream in = Capture.class.getResourceAsStream("/disasm/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
