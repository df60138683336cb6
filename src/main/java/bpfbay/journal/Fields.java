package bpfbay.journal;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The fields of a JSON object that anybody may have written. One that is missing is absent; one of another
 * type than asked for is a {@link DamagedLineException}.
 */
final class Fields {
    private static final int DEPTH = 16;
    private static final long LARGEST_U32 = 0xffff_ffffL;

    private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

    private final JsonObject object;

    private Fields(JsonObject object) {
        this.object = object;
    }

    static Fields parse(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            // the strictest that takes a lone surrogate
            reader.setStrictness(Strictness.LEGACY_STRICT);
            reader.setNestingLimit(DEPTH);
            JsonElement element = ELEMENTS.read(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT && element instanceof JsonObject object) {
                return new Fields(object);
            }
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new DamagedLineException("it is not JSON");
        }
        throw new DamagedLineException("it is not one object");
    }

    String needText(String name) {
        return text(name).orElseThrow(() -> new DamagedLineException("it has no " + name));
    }

    int needU32(String name) {
        return u32(name).orElseThrow(() -> new DamagedLineException("it has no " + name));
    }

    long needU64(String name) {
        return u64(name).orElseThrow(() -> new DamagedLineException("it has no " + name));
    }

    Fields needObject(String name) {
        return object(name).orElseThrow(() -> new DamagedLineException("it has no " + name));
    }

    Optional<String> text(String name) {
        JsonElement value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return Optional.of(primitive.getAsString());
        }
        throw wrong(name);
    }

    /** None where the field is missing. */
    List<String> texts(String name) {
        JsonElement value = object.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)) {
            throw wrong(name);
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement element : array) {
            if (!(element instanceof JsonPrimitive primitive) || !primitive.isString()) {
                throw wrong(name);
            }
            texts.add(primitive.getAsString());
        }
        return texts;
    }

    OptionalInt u32(String name) {
        OptionalLong value = u64(name);
        if (value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() > LARGEST_U32)) {
            throw wrong(name);
        }
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    /* by its digits: a number may have an exponent that no memory could hold */
    OptionalLong u64(String name) {
        JsonElement value = object.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                return OptionalLong.of(Long.parseUnsignedLong(primitive.getAsString()));
            } catch (NumberFormatException e) {
                throw wrong(name);
            }
        }
        throw wrong(name);
    }

    Optional<Fields> object(String name) {
        JsonElement value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonObject inner) {
            return Optional.of(new Fields(inner));
        }
        throw wrong(name);
    }

    private static DamagedLineException wrong(String name) {
        return new DamagedLineException("its " + name + " is not one");
    }
}
