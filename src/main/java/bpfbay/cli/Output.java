package bpfbay.cli;

import bpfbay.model.RawText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** Text as bytes: UTF-8 whatever the locale. Failing to write is an UncheckedIOException. */
final class Output {
    private Output() {}

    static void print(OutputStream out, String text) {
        try {
            out.write(RawText.encode(text));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
