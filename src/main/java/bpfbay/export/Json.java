package bpfbay.export;

import bpfbay.model.Reading;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/*
 * Written without lambdas, and so is what calls it: each costs a cold start half a millisecond, and a
 * snapshot would need seventy.
 */
/**
 * Writes one JSON document. A field without a value is left out: unknown is never 0 or "". Failing to
 * write is an {@link UncheckedIOException}.
 */
public final class Json {
    private final JsonBytes bytes;
    private final JsonWriter writer;
    private final Deque<Kind> open = new ArrayDeque<>();

    private enum Kind {
        OBJECT,
        ARRAY
    }

    public Json(OutputStream out) {
        bytes = new JsonBytes(out);
        writer = new JsonWriter(bytes);
        writer.setHtmlSafe(false);
    }

    /** Opens an object; {@link #end} closes it. */
    public Json object() {
        try {
            writer.beginObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.push(Kind.OBJECT);
        return this;
    }

    public Json object(String name) {
        return name(name).object();
    }

    public Json array(String name) {
        return name(name).array();
    }

    public Json array() {
        try {
            writer.beginArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.push(Kind.ARRAY);
        return this;
    }

    /** Closes what was opened last. */
    public Json end() {
        try {
            if (open.pop() == Kind.OBJECT) {
                writer.endObject();
            } else {
                writer.endArray();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Ends the document with a line feed and hands everything over. */
    public void finish() {
        try {
            bytes.write('\n');
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of a field whose value is written next. */
    public Json name(String name) {
        try {
            writer.name(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Json element(String value) {
        try {
            writer.value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A u32. */
    public Json element(int value) {
        return number(Integer.toUnsignedLong(value));
    }

    private Json number(long value) {
        try {
            writer.value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Json put(String name, String value) {
        return name(name).element(value);
    }

    public Json put(String name, boolean value) {
        name(name);
        try {
            writer.value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** A number that is signed for the kernel too. */
    public Json put(String name, long value) {
        return name(name).number(value);
    }

    /** A number that is none of the kernel's, such as a rate. */
    public Json put(String name, double value) {
        return name(name).real(value);
    }

    public Json real(double value) {
        try {
            writer.value(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Json u32(String name, int value) {
        return name(name).element(value);
    }

    public Json u64(String name, long value) {
        return name(name).u64(value);
    }

    public Json u64(long value) {
        if (value >= 0) {
            return number(value);
        }
        try {
            writer.jsonValue(Long.toUnsignedString(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public Json put(String name, Optional<String> value) {
        return value.isPresent() ? put(name, value.get()) : this;
    }

    /** A text of which the empty one says nothing. */
    public Json putText(String name, String value) {
        return value.isEmpty() ? this : put(name, value);
    }

    public Json u32(String name, OptionalInt value) {
        return value.isPresent() ? u32(name, value.getAsInt()) : this;
    }

    public Json u64(String name, OptionalLong value) {
        return value.isPresent() ? u64(name, value.getAsLong()) : this;
    }

    public Json u64(String name, Reading<Long> value) {
        return value instanceof Reading.Value<Long> known ? u64(name, known.value()) : this;
    }

    public Json put(String name, Reading<String> value) {
        return value instanceof Reading.Value<String> known ? put(name, known.value()) : this;
    }
}
