package bpfbay.export;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * One JSON document that somebody else may have written. It is looked over before it is parsed: what nests
 * too deep or holds a string that no kernel has would take memory before a parser could say so.
 */
final class JsonText {
    static final int MOST_BYTES = 32 << 20;
    private static final int MOST_DEPTH = 32;
    private static final int MOST_STRING = 256 << 10;
    private static final int MOST_VALUES = 400_000;

    /** What is done with the document's reader. */
    interface Use<R> {
        R read(JsonReader in) throws IOException;
    }

    private final byte[] bytes;
    private final int length;
    private int values;

    /** Fails with a NotReadableException where the document is beyond what is read at all. */
    JsonText(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        check();
    }

    JsonText(byte[] bytes) {
        this(bytes, bytes.length);
    }

    /** Reads from the start; to the end is not needed. */
    <R> R read(Use<R> use) {
        InputStreamReader text = new InputStreamReader(
                new ByteArrayInputStream(bytes, 0, length),
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        JsonReader in = new JsonReader(text);
        in.setStrictness(Strictness.LEGACY_STRICT);
        try {
            return use.read(in);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new NotReadableException(reason(e));
        }
    }

    /** The document's field of that name; empty where it has none. */
    String schema() {
        return read(in -> {
            in.beginObject();
            while (in.hasNext()) {
                if (in.nextName().equals("schema")) {
                    return in.nextString();
                }
                in.skipValue();
            }
            return "";
        });
    }

    /** Reads the one object that the document is; only for documents of a moderate size. */
    Fields fields() {
        if (values > MOST_VALUES) {
            throw new NotReadableException("more than " + MOST_VALUES + " values");
        }
        return read(in -> {
            Fields fields = Fields.read(in);
            end(in);
            return fields;
        });
    }

    /** Nothing may follow. */
    static void end(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.END_DOCUMENT) {
            throw new NotReadableException("something follows the end of the object");
        }
    }

    /** The parser's first line; the rest is advice to programmers. */
    private static String reason(Exception e) {
        if (e instanceof CharacterCodingException) {
            return "no UTF-8";
        }
        String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("no JSON");
        return first.length() > 160 ? first.substring(0, 160) + "…" : first;
    }

    private void check() {
        if (length > MOST_BYTES) {
            throw new NotReadableException("longer than " + (MOST_BYTES >> 20) + " MiB");
        }
        int depth = 0;
        int i = 0;
        while (i < length) {
            byte b = bytes[i];
            if (b == '"') {
                i = endOfString(i + 1);
            } else if (b == '{' || b == '[') {
                depth++;
            } else if (b == '}' || b == ']') {
                depth--;
            } else if (b == ',') {
                values++;
            }
            if (depth > MOST_DEPTH) {
                throw new NotReadableException("nested deeper than " + MOST_DEPTH);
            }
            i++;
        }
    }

    private int endOfString(int start) {
        int i = start;
        while (i < length && bytes[i] != '"') {
            i += bytes[i] == '\\' ? 2 : 1;
            if (i - start > MOST_STRING) {
                throw new NotReadableException("a text of more than " + (MOST_STRING >> 10) + " KiB");
            }
        }
        return i;
    }
}
