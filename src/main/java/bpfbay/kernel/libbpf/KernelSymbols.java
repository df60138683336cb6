package bpfbay.kernel.libbpf;

import bpfbay.model.RawText;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * {@code /proc/kallsyms}, read through once for each question and never kept: it is as long as the kernel
 * and grows with every loaded program. Where kernel.kptr_restrict or missing privileges hide addresses
 * they all read as zero, and nothing is found.
 */
final class KernelSymbols {
    private static final String FILE = "/proc/kallsyms";
    private static final byte[] CALL_BASE = "__bpf_call_base".getBytes(StandardCharsets.US_ASCII);
    private static final int ADDRESS_DIGITS = 16;
    /* "ffffffff81000000 T " */
    private static final int NAME_AT = ADDRESS_DIGITS + 3;

    private OptionalLong callBase = OptionalLong.empty();

    /** Sees one line without its end; returns whether to go on. */
    private interface Line {
        boolean next(byte[] text, int from, int to);
    }

    /** The address from which calls out of a program count; the same until the next boot. */
    OptionalLong callBase() {
        if (callBase.isEmpty()) {
            read((text, from, to) -> {
                if (!Arrays.equals(text, Math.min(from + NAME_AT, to), to, CALL_BASE, 0, CALL_BASE.length)) {
                    return true;
                }
                long address = address(text, from);
                callBase = address == 0 ? OptionalLong.empty() : OptionalLong.of(address);
                return false;
            });
        }
        return callBase;
    }

    /** The first name of each of these addresses that has one. */
    Map<Long, String> names(long[] addresses) {
        long[] wanted = Arrays.stream(addresses)
                .filter(address -> address != 0)
                .sorted()
                .distinct()
                .toArray();
        Map<Long, String> names = new HashMap<>();
        if (wanted.length > 0) {
            read((text, from, to) -> {
                if (to - from > NAME_AT) {
                    long address = address(text, from);
                    if (Arrays.binarySearch(wanted, address) >= 0) {
                        names.putIfAbsent(address, name(text, from + NAME_AT, to));
                    }
                }
                return names.size() < wanted.length;
            });
        }
        return names;
    }

    private static long address(byte[] text, int from) {
        long address = 0;
        for (int i = from; i < from + ADDRESS_DIGITS; i++) {
            address = address << 4 | Character.digit(text[i], 16);
        }
        return address;
    }

    /* a module's symbol has its module behind a tab */
    private static String name(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != '\t') {
            end++;
        }
        return RawText.decode(text, from, end - from);
    }

    private static void read(Line line) {
        byte[] text = new byte[1 << 16];
        try (InputStream in = new FileInputStream(FILE)) {
            int length = 0;
            while (true) {
                int got = in.read(text, length, text.length - length);
                if (got <= 0) {
                    return;
                }
                length += got;
                int from = 0;
                for (int at = 0; at < length; at++) {
                    if (text[at] == '\n') {
                        if (!line.next(text, from, at)) {
                            return;
                        }
                        from = at + 1;
                    }
                }
                System.arraycopy(text, from, text, 0, length - from);
                length -= from;
            }
        } catch (IOException hidden) {
            /* no /proc, or no right to it: nothing has a name */
            return;
        }
    }
}
