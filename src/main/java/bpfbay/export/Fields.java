package bpfbay.export;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One JSON object as it was read: values by name. A value of another kind than is asked for is a {@link
 * NotReadableException} that names the field; unknown fields stand aside.
 */
final class Fields {
    /** A number as its digits, so that an unsigned 64-bit one stays exact. */
    private record Digits(String text) {}

    private static final String A_TIME = "a time such as 2026-01-31T12:00:00Z";
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final Map<String, Object> values;

    private Fields(Map<String, Object> values) {
        this.values = values;
    }

    /** The object that comes next; null is as good as absent. */
    static Fields read(JsonReader in) throws IOException {
        Map<String, Object> values = new HashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            Optional<Object> value = value(in);
            if (value.isPresent()) {
                values.put(name, value.get());
            }
        }
        in.endObject();
        return new Fields(values);
    }

    private static Optional<Object> value(JsonReader in) throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> Optional.of(read(in));
            case BEGIN_ARRAY -> Optional.of(list(in));
            case STRING -> Optional.of(in.nextString());
            case NUMBER -> Optional.of(new Digits(in.nextString()));
            case BOOLEAN -> Optional.of(in.nextBoolean());
            default -> {
                in.skipValue();
                yield Optional.empty();
            }
        };
    }

    private static List<Object> list(JsonReader in) throws IOException {
        List<Object> items = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            value(in).ifPresent(items::add);
        }
        in.endArray();
        return items;
    }

    Set<String> names() {
        return values.keySet();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    Optional<String> text(String name) {
        return found(name, String.class, "text");
    }

    String needText(String name) {
        return text(name).orElseThrow(() -> absent(name));
    }

    /** The empty one where there is none: of names that may be empty. */
    String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    /** False where it is absent. */
    boolean flag(String name) {
        return found(name, Boolean.class, "true or false").orElse(false);
    }

    OptionalInt u32(String name) {
        Optional<Digits> number = number(name);
        return number.isPresent() ? OptionalInt.of(u32(name, number.get())) : OptionalInt.empty();
    }

    int needU32(String name) {
        return u32(name).orElseThrow(() -> absent(name));
    }

    OptionalLong u64(String name) {
        Optional<Digits> number = number(name);
        return number.isPresent() ? OptionalLong.of(u64(name, number.get())) : OptionalLong.empty();
    }

    long needU64(String name) {
        return u64(name).orElseThrow(() -> absent(name));
    }

    /** A number that may be negative. */
    int needInt(String name) {
        try {
            return Integer.parseInt(number(name).orElseThrow(() -> absent(name)).text());
        } catch (NumberFormatException e) {
            throw wrong(name, "a number of 32 bits");
        }
    }

    OptionalDouble real(String name) {
        Optional<Digits> number = number(name);
        if (number.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(real(name, number.get()));
    }

    private static double real(String name, Digits number) {
        double value = Double.parseDouble(number.text());
        if (!Double.isFinite(value)) {
            throw wrong(name, "a number");
        }
        return value;
    }

    Optional<Instant> time(String name) {
        return text(name).map(text -> time(name, text));
    }

    /** Between years 0 and 9999, so that every sum of it with a duration is a time too. */
    static Instant time(String name, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException e) {
            throw wrong(name, A_TIME);
        }
        throw wrong(name, A_TIME);
    }

    Instant needTime(String name) {
        return time(name).orElseThrow(() -> absent(name));
    }

    /** Nanoseconds, never less than none. */
    Optional<Duration> duration(String name) {
        OptionalLong nanos = u64(name);
        if (nanos.isEmpty()) {
            return Optional.empty();
        } else if (nanos.getAsLong() < 0) {
            throw wrong(name, "a length of time");
        }
        return Optional.of(Duration.ofNanos(nanos.getAsLong()));
    }

    Optional<Fields> fields(String name) {
        return found(name, Fields.class, "an object");
    }

    /** The objects of a list; none where it is absent. */
    List<Fields> list(String name) {
        List<Fields> list = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Fields fields)) {
                throw wrong(name, "a list of objects");
            }
            list.add(fields);
        }
        return list;
    }

    /** Lists of numbers in a list. */
    List<Row> rows(String name) {
        List<Row> rows = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof List<?> numbers)) {
                throw wrong(name, "a list of lists");
            }
            rows.add(new Row(name, numbers));
        }
        return rows;
    }

    /** Numbers by their place. */
    record Row(String name, List<?> numbers) {
        int size() {
            return numbers.size();
        }

        int u32(int place) {
            return Fields.u32(name, number(place));
        }

        long u64(int place) {
            return Fields.u64(name, number(place));
        }

        double real(int place) {
            return Fields.real(name, number(place));
        }

        private Digits number(int place) {
            if (place < numbers.size() && numbers.get(place) instanceof Digits number) {
                return number;
            }
            throw wrong(name, "a list of lists of numbers");
        }
    }

    List<String> texts(String name) {
        List<String> list = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof String text)) {
                throw wrong(name, "a list of texts");
            }
            list.add(text);
        }
        return list;
    }

    List<Integer> u32s(String name) {
        List<Integer> list = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Digits number)) {
                throw wrong(name, "a list of numbers");
            }
            list.add(u32(name, number));
        }
        return list;
    }

    List<Long> u64s(String name) {
        List<Long> list = new ArrayList<>();
        for (Object item : items(name)) {
            if (!(item instanceof Digits number)) {
                throw wrong(name, "a list of numbers");
            }
            list.add(u64(name, number));
        }
        return list;
    }

    private List<?> items(String name) {
        Optional<List<?>> found = found(name, List.class, "a list").map(list -> (List<?>) list);
        return found.orElse(List.of());
    }

    private Optional<Digits> number(String name) {
        return found(name, Digits.class, "a number");
    }

    private <T> Optional<T> found(String name, Class<T> kind, String what) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        } else if (!kind.isInstance(value)) {
            throw wrong(name, what);
        }
        return Optional.of(kind.cast(value));
    }

    private static int u32(String name, Digits number) {
        try {
            return Integer.parseUnsignedInt(number.text());
        } catch (NumberFormatException e) {
            throw wrong(name, "a number of 32 bits");
        }
    }

    private static long u64(String name, Digits number) {
        return u64(name, number.text());
    }

    static long u64(String name, String number) {
        try {
            return Long.parseUnsignedLong(number);
        } catch (NumberFormatException e) {
            throw wrong(name, "a number of 64 bits");
        }
    }

    static NotReadableException wrong(String name, String what) {
        return new NotReadableException("'" + name + "' is not " + what);
    }

    static NotReadableException absent(String name) {
        return new NotReadableException("'" + name + "' is missing");
    }
}
