package bpfbay.export;

import bpfbay.model.Reading;
import java.util.Optional;

/** Readings from what {@link MissingJson} wrote: a value, or the reason of the element or the document. */
final class MissingReader {
    private static final String NOT_TOLD = "not told in the file";

    private final Optional<Fields> document;

    MissingReader(Optional<Fields> document) {
        this.document = document;
    }

    <T> Reading<T> reading(Fields element, String field, Optional<T> value) {
        if (value.isPresent()) {
            return Reading.of(value.get());
        }
        Optional<Fields> reason = element.fields("missing").flatMap(missing -> missing.fields(field));
        return reason(reason.or(() -> document.flatMap(missing -> missing.fields(field))));
    }

    /** Of a fact that the whole document has or lacks. */
    <T> Reading<T> ofDocument(String field, Optional<T> value) {
        return value.isPresent() ? Reading.of(value.get()) : reason(document.flatMap(missing -> missing.fields(field)));
    }

    private static <T> Reading<T> reason(Optional<Fields> reason) {
        if (reason.isEmpty()) {
            return new Reading.NotAsked<>(NOT_TOLD);
        }
        Fields fields = reason.get();
        if (fields.has("unsupported")) {
            return new Reading.Unsupported<>(fields.needText("unsupported"));
        } else if (fields.has("denied")) {
            return new Reading.Denied<>(fields.needText("denied"));
        } else if (fields.has("gone")) {
            return new Reading.Gone<>();
        }
        return new Reading.NotAsked<>(fields.text("not_asked").orElse(NOT_TOLD));
    }
}
