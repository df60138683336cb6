package bpfbay.export;

import bpfbay.history.Occurrence.Author;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Who did what a picture of a capture shows for the first time: {@code bpfbay/authors/1}, a line after its own. */
final class AuthorsJson {
    static final String SCHEMA = "bpfbay/authors/1";

    private static final int MOST = 100_000;

    private AuthorsJson() {}

    static void write(Map<Integer, Author> authors, OutputStream out) {
        Json json = new Json(out);
        json.object().put("schema", SCHEMA);
        json.array("authors");
        new TreeMap<>(authors).forEach((place, author) -> {
            json.object().put("change", place);
            author(json, author);
            json.end();
        });
        json.end().end().finish();
    }

    /** The fields of an author in the object that is open. */
    static void author(Json json, Author author) {
        json.u32("pid", author.pid()).put("comm", author.comm()).put("known_by", word(author.how()));
    }

    /** Of a way of knowing that a newer version has added, nobody. */
    static Map<Integer, Author> read(Fields fields) {
        Map<Integer, Author> authors = new TreeMap<>();
        for (Fields each : fields.list("authors")) {
            int place = each.needU32("change");
            OptionalInt pid = each.u32("pid");
            String comm = each.needText("comm");
            String how = each.needText("known_by");
            if (place >= 0 && place < MOST) {
                Arrays.stream(Author.Source.values())
                        .filter(source -> word(source).equals(how))
                        .findFirst()
                        .ifPresent(source -> authors.put(place, new Author(pid, comm, source)));
            }
        }
        return authors;
    }

    private static String word(Author.Source source) {
        return source.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
