package bpfbay.cli;

import bpfbay.model.RawText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments as the bytes they were given. The machine decodes them by the locale: under LC_ALL=C each
 * byte that is not ASCII is lost, and elsewhere each that is not UTF-8. /proc/self/cmdline has them all; the
 * machine's own options stand before them.
 */
final class RawArguments {
    private RawArguments() {}

    static List<String> read(String[] decoded) {
        if (isAscii(decoded)) {
            return List.of(decoded);
        }
        try {
            return choose(Files.readAllBytes(Path.of("/proc/self/cmdline")), decoded);
        } catch (IOException e) {
            return List.of(decoded);
        }
    }

    /** The last of the NUL-terminated strings, if what is ASCII in them says that they are the same. */
    static List<String> choose(byte[] cmdline, String[] decoded) {
        List<String> raw = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < cmdline.length; i++) {
            if (cmdline[i] == 0) {
                raw.add(RawText.decode(cmdline, start, i - start));
                start = i + 1;
            }
        }
        if (raw.size() <= decoded.length) {
            return List.of(decoded);
        }
        List<String> last = raw.subList(raw.size() - decoded.length, raw.size());
        for (int i = 0; i < decoded.length; i++) {
            if (isAscii(decoded[i]) && !decoded[i].equals(last.get(i))) {
                return List.of(decoded);
            }
        }
        return List.copyOf(last);
    }

    private static boolean isAscii(String... texts) {
        for (String text : texts) {
            if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
                return false;
            }
        }
        return true;
    }
}
