package bpfbay.export;

import bpfbay.model.Reading;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Writes one JSON document. A field without a value is left out: unknown is never 0 or "". Failing to
 * write is an {@link UncheckedIOException}.
 */
public final class Json {
    private final JsonBytes bytes;
    private final JsonWriter writer;

    public Json(OutputStream out) {
        bytes = new JsonBytes(out);
        writer = new JsonWriter(bytes);
        writer.setHtmlSafe(false);
    }

    /** What writes the inside of an object or the elements of an array. */
    @FunctionalInterface
    public interface Body {
        void write();
    }

    public Json object(Body body) {
        return run(() -> writer.beginObject(), body, () -> writer.endObject());
    }

    public Json array(Body body) {
        return run(() -> writer.beginArray(), body, () -> writer.endArray());
    }

    public Json object(String name, Body body) {
        return run(() -> writer.name(name).beginObject(), body, () -> writer.endObject());
    }

    public Json array(String name, Body body) {
        return run(() -> writer.name(name).beginArray(), body, () -> writer.endArray());
    }

    /** The name of a field whose value is written next. */
    public Json name(String name) {
        return attempt(() -> writer.name(name));
    }

    public Json put(String name, String value) {
        return attempt(() -> writer.name(name).value(value));
    }

    public Json put(String name, boolean value) {
        return attempt(() -> writer.name(name).value(value));
    }

    public Json put(String name, long value) {
        return attempt(() -> writer.name(name).value(value));
    }

    /** A number that is signed for the kernel too: a netfilter priority. */
    public Json signed(String name, int value) {
        return put(name, (long) value);
    }

    public Json u32(String name, int value) {
        return put(name, Integer.toUnsignedLong(value));
    }

    public Json u64(String name, long value) {
        return attempt(() -> writer.name(name).jsonValue(Long.toUnsignedString(value)));
    }

    public Json put(String name, Optional<String> value) {
        value.ifPresent(v -> put(name, v));
        return this;
    }

    public Json putText(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    public Json u32(String name, OptionalInt value) {
        value.ifPresent(v -> u32(name, v));
        return this;
    }

    public Json u64(String name, OptionalLong value) {
        value.ifPresent(v -> u64(name, v));
        return this;
    }

    public Json u64(String name, Reading<Long> value) {
        value.found().ifPresent(v -> u64(name, v));
        return this;
    }

    public Json element(String value) {
        return attempt(() -> writer.value(value));
    }

    public Json element(int value) {
        return attempt(() -> writer.value(Integer.toUnsignedLong(value)));
    }

    /** Ends the document with a line feed and hands everything over. */
    public void finish() {
        attempt(() -> {
            bytes.write('\n');
            writer.flush();
        });
    }

    private Json run(Step before, Body body, Step after) {
        attempt(before);
        body.write();
        return attempt(after);
    }

    private Json attempt(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
