package bpfbay.export;

import bpfbay.diagnose.Manifest;
import bpfbay.diagnose.Manifest.Build;
import bpfbay.diagnose.Manifest.Declared;
import bpfbay.diagnose.Manifest.Filter;
import bpfbay.diagnose.Manifest.Hook;
import bpfbay.diagnose.Manifest.Where;
import bpfbay.model.Nearest;
import bpfbay.model.Reading;
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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads what should run. Anybody may have written it: what is wrong is said with its place, and an unknown
 * field is wrong too, since it may be what the writer cared for.
 */
public final class ManifestReader {
    private static final int DEPTH = 8;
    private static final int MOST_HOOKS = 100_000;
    private static final long LARGEST_U32 = 0xffff_ffffL;
    private static final List<String> HOOKS =
            List.of("xdp", "freplace", "tc", "tcx", "netkit", "cgroup", "netns", "netfilter");
    private static final List<String> OF_NAMESPACES = List.of("netns", "netfilter");
    private static final List<String> MODES = List.of("native", "generic", "offloaded");
    private static final List<String> TOP_FIELDS = List.of("schema", "hooks");
    private static final List<String> HOOK_FIELDS = List.of("hook", "netns", "on", "side", "programs");
    private static final List<String> PROGRAM_FIELDS =
            List.of("name", "fingerprint", "object", "mode", "priority", "handle", "chain", "protocol");
    private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

    private final String file;

    private ManifestReader(String file) {
        this.file = file;
    }

    /** The builds of object files are not known yet. Fails with an {@link UnreadableException}. */
    public static Manifest parse(String file, String text) {
        return new ManifestReader(file).manifest(text);
    }

    private Manifest manifest(String text) {
        JsonObject top = object(json(text), "");
        fields(top, TOP_FIELDS, "");
        String schema = text(top, "schema", "").orElseThrow(() -> bad("", "it has no schema, and so is no manifest"));
        if (!schema.equals(ManifestJson.SCHEMA)) {
            throw bad("schema", "'" + schema + "' is not " + ManifestJson.SCHEMA);
        }
        List<Hook> hooks = new ArrayList<>();
        Set<Where> seen = new HashSet<>();
        JsonArray listed = array(top, "hooks", "");
        if (listed.size() > MOST_HOOKS) {
            throw bad("hooks", "more than " + MOST_HOOKS + " hooks");
        }
        for (int i = 0; i < listed.size(); i++) {
            Hook hook = hook(listed.get(i), "hooks[" + i + "]");
            if (!seen.add(hook.where())) {
                throw bad("hooks[" + i + "]", hook.where().label() + " is declared twice");
            }
            hooks.add(hook);
        }
        return new Manifest(hooks);
    }

    private JsonElement json(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            // the strictest that takes a lone surrogate
            reader.setStrictness(Strictness.LEGACY_STRICT);
            reader.setNestingLimit(DEPTH);
            JsonElement element = ELEMENTS.read(reader);
            if (reader.peek() == JsonToken.END_DOCUMENT) {
                return element;
            }
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException e) {
            throw new UnreadableException(file + ": it is not JSON: " + firstLine(String.valueOf(e.getMessage())));
        }
        throw new UnreadableException(file + ": something follows the manifest");
    }

    /** Gson names line, column and path, and then a page of its own manual. */
    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        int cause = line.lastIndexOf("Exception: ");
        return cause < 0 ? line : line.substring(cause + "Exception: ".length());
    }

    private Hook hook(JsonElement element, String at) {
        JsonObject object = object(element, at);
        fields(object, HOOK_FIELDS, at);
        String kind = text(object, "hook", at).orElseThrow(() -> bad(at, "it has no hook"));
        known(kind, HOOKS, at + ".hook", "hook");
        Where where = new Where(
                kind,
                text(object, "netns", at),
                text(object, "on", at).orElse(""),
                text(object, "side", at).orElse(""));
        if (where.on().isEmpty() && !OF_NAMESPACES.contains(kind)) {
            throw bad(at, "it does not say on what: \"on\" is the interface, block:N or the cgroup's path");
        }
        List<Declared> programs = new ArrayList<>();
        JsonArray listed = array(object, "programs", at);
        for (int i = 0; i < listed.size(); i++) {
            programs.add(declared(listed.get(i), at + ".programs[" + i + "]"));
        }
        return new Hook(where, programs);
    }

    private Declared declared(JsonElement element, String at) {
        JsonObject object = object(element, at);
        fields(object, PROGRAM_FIELDS, at);
        Optional<String> fingerprint = text(object, "fingerprint", at);
        Optional<String> object1 = text(object, "object", at);
        if (fingerprint.isPresent() && object1.isPresent()) {
            throw bad(at, "fingerprint and object both say the build: one of them is enough");
        }
        Optional<String> mode = text(object, "mode", at);
        mode.ifPresent(word -> known(word, MODES, at + ".mode", "mode"));
        Filter filter = new Filter(
                u32(object, "priority", at),
                u32(object, "handle", at),
                u32(object, "chain", at),
                text(object, "protocol", at));
        boolean isFiltered = filter.priority().isPresent()
                || filter.handle().isPresent()
                || filter.chain().isPresent()
                || filter.protocol().isPresent();
        return new Declared(
                text(object, "name", at).orElseThrow(() -> bad(at, "it has no name")),
                fingerprint
                        .map(print -> new Build(Reading.of(print), Optional.empty()))
                        .or(() -> object1.map(path ->
                                new Build(new Reading.NotAsked<>("the file was not loaded"), Optional.of(path)))),
                mode,
                isFiltered ? Optional.of(filter) : Optional.empty());
    }

    private void known(String word, List<String> words, String at, String what) {
        if (!words.contains(word)) {
            throw bad(
                    at,
                    "unknown " + what + " '" + word + "'"
                            + Nearest.to(word, words)
                                    .map(near -> ": did you mean '" + near + "'?")
                                    .orElse(": there is " + String.join(", ", words)));
        }
    }

    private void fields(JsonObject object, List<String> known, String at) {
        for (String name : object.keySet()) {
            if (!known.contains(name)) {
                known(name, known, at, "field");
            }
        }
    }

    private JsonObject object(JsonElement element, String at) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw bad(at, "it is not an object");
    }

    private JsonArray array(JsonObject object, String name, String at) {
        if (object.get(name) instanceof JsonArray array) {
            return array;
        }
        throw bad(at, "its " + name + " is not a list");
    }

    private Optional<String> text(JsonObject object, String name, String at) {
        JsonElement value = object.get(name);
        if (value == null) {
            return Optional.empty();
        } else if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return Optional.of(primitive.getAsString());
        }
        throw bad(at, "its " + name + " is not text");
    }

    /* by its digits: a number may have an exponent that no memory could hold */
    private OptionalInt u32(JsonObject object, String name, String at) {
        JsonElement value = object.get(name);
        if (value == null) {
            return OptionalInt.empty();
        }
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                long number = Long.parseLong(primitive.getAsString());
                if (number >= 0 && number <= LARGEST_U32) {
                    return OptionalInt.of((int) number);
                }
            } catch (NumberFormatException e) {
                throw bad(at, "its " + name + " is not a number of 32 bits");
            }
        }
        throw bad(at, "its " + name + " is not a number of 32 bits");
    }

    private UnreadableException bad(String at, String why) {
        return new UnreadableException(file + ": " + (at.isEmpty() ? "" : at + ": ") + why);
    }
}
