package bpfbay.diagnose;

import bpfbay.model.BpfMap;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Pin;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whether two programs are loads of one thing. The tag does not say it: a rebuilt program has another one,
 * and two builds whose maps alone differ have the same.
 */
final class Kinship {
    private final Survey survey;
    private final Map<Integer, List<String>> definitions = new HashMap<>();

    Kinship(Survey survey) {
        this.survey = survey;
    }

    /** Why they are kin, in a few words; absent where nothing says that they are. */
    Optional<String> sign(Program a, Program b) {
        if (a.name().isEmpty() || !a.type().equals(b.type()) || !a.name().equals(b.name())) {
            return Optional.empty();
        }
        Optional<String> map = sharedMap(a, b);
        if (map.isPresent()) {
            return Optional.of("both use map " + map.get());
        } else if (isEqualMaps(a, b)) {
            return Optional.of("equal map definitions");
        } else if (isEqual(a.functions(), b.functions())) {
            return Optional.of("equal BTF functions");
        }
        return place(a, b);
    }

    /** Whether they come from one folder or one process, so that one may be meant instead of the other. */
    boolean isOfOnePlace(Program a, Program b) {
        return place(a, b).isPresent();
    }

    private Optional<String> place(Program a, Program b) {
        Set<Folder> folders = folders(a);
        folders.retainAll(folders(b));
        if (!folders.isEmpty()) {
            return Optional.of(
                    "pinned in the same folder " + folders.iterator().next().path());
        }
        Set<String> holders = holders(a);
        holders.retainAll(holders(b));
        return holders.stream().findFirst().map(holder -> "both held by " + holder);
    }

    boolean areKin(Program a, Program b) {
        return sign(a, b).isPresent();
    }

    boolean haveSharedMap(Program a, Program b) {
        return sharedMap(a, b).isPresent();
    }

    /** Equal for what may be one build: that of a program with variables leaves out what they are. */
    String buildKey(Program program) {
        return hasVariables(program)
                ? program.tag() + definitions(program) + program.functions().found()
                : program.fingerprint().found().orElse("");
    }

    /**
     * Whether both are of one build, as far as it is known: unlike variables may have become so since the
     * load, and say nothing.
     */
    boolean isOneBuild(Program a, Program b) {
        Optional<String> left = a.fingerprint().found();
        Optional<String> right = b.fingerprint().found();
        if (left.isEmpty() || right.isEmpty() || left.equals(right)) {
            return true;
        }
        return isOneCode(a, b) && (hasVariables(a) || hasVariables(b));
    }

    /** Whether nothing but constants and variables can tell the builds apart. */
    boolean isOneCode(Program a, Program b) {
        return a.tag().equals(b.tag())
                && definitions(a).equals(definitions(b))
                && Objects.equals(a.functions().found(), b.functions().found());
    }

    boolean hasVariables(Program program) {
        return maps(program).stream().anyMatch(map -> suffix(map).startsWith(".data"));
    }

    private Optional<String> sharedMap(Program a, Program b) {
        for (int id : a.mapIds()) {
            if (b.mapIds().contains(id)) {
                return Optional.of(Phrases.map(id, survey.now()));
            }
        }
        return Optional.empty();
    }

    private boolean isEqualMaps(Program a, Program b) {
        return !a.mapIds().isEmpty()
                && a.mapIds().size() == b.mapIds().size()
                && definitions(a).equals(definitions(b));
    }

    private static boolean isEqual(Reading<String> a, Reading<String> b) {
        return a instanceof Reading.Value<String> left
                && b instanceof Reading.Value<String> right
                && left.value().equals(right.value());
    }

    private List<String> definitions(Program program) {
        return definitions.computeIfAbsent(program.id(), id -> define(program));
    }

    private List<String> define(Program program) {
        List<String> definitions = new ArrayList<>();
        for (BpfMap map : maps(program)) {
            definitions.add(suffix(map) + " " + map.type().value() + " " + map.keySize() + " " + map.valueSize() + " "
                    + map.maxEntries() + " " + map.flags());
        }
        definitions.sort(null);
        return definitions;
    }

    private List<BpfMap> maps(Program program) {
        return program.mapIds().stream()
                .flatMap(id -> survey.now().map(id).stream())
                .toList();
    }

    /** Maps of variables are named after the object file, of which 15 bytes leave little. */
    static String suffix(BpfMap map) {
        int dot = map.name().indexOf('.');
        return dot < 0 ? map.name() : map.name().substring(dot);
    }

    /** A path means nothing without its mount. */
    private record Folder(String mount, String path) {}

    /** Of its pins and of those of its links. */
    private Set<Folder> folders(Program program) {
        Set<Folder> folders = new HashSet<>();
        for (ObjectId object : survey.standIns(program)) {
            for (Pin pin : survey.pins(object)) {
                folders.add(new Folder(pin.mount(), Phrases.folder(pin.path())));
            }
        }
        return folders;
    }

    private Set<String> holders(Program program) {
        Set<String> holders = new HashSet<>();
        for (ObjectId object : survey.standIns(program)) {
            for (Owner owner : survey.holders(object)) {
                holders.add(owner.label());
            }
        }
        return holders;
    }
}
