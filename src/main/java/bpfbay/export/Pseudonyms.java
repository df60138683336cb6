package bpfbay.export;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names in the place of names: the same for the same, numbered in the order in which they are met. */
final class Pseudonyms {
    private static final String CGROUPS = "/sys/fs/cgroup";
    /** Up to the folder that is the mount. */
    private static final Pattern BPFFS = Pattern.compile("/(?:[^/]+/)*?(?:bpf|bpffs)(?=/|$)");

    private static final Pattern KERNELS_OWN = Pattern.compile("/(?:proc|sys)(?:/|$)|/run/netns/");

    private static final Pattern PROCESS = Pattern.compile("/proc/[0-9]+/root(?=/)");
    private static final Pattern PATH_IN_TEXT = Pattern.compile("(?<![\\w.:])/[^\\s,;'\"]+");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<![\\w.])[0-9]{1,3}(?:\\.[0-9]{1,3}){3}(?![\\w.])|(?<![\\w:])(?:[0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(?![\\w:])");

    private static final Set<String> EVERYWHERE =
            Set.of("system.slice", "user.slice", "machine.slice", "init.scope", "kubepods.slice", "kubepods", "docker");
    private static final Set<String> SUFFIXES = Set.of("slice", "service", "scope", "socket", "mount");

    private static final int MOST_TOLD = 10_000;

    private final Map<String, String> known = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** Sentences come again with every picture; each new name may stand in any of them. */
    private final Map<String, String> told = new HashMap<>();

    private int toldWith;

    /** {@code comm-1}; an empty name stays. */
    String of(String kind, String name) {
        if (name.isEmpty()) {
            return name;
        }
        return known.computeIfAbsent(kind + "\u0000" + name, key -> kind + "-" + counts.merge(kind, 1, Integer::sum));
    }

    /** The same in every file, so that two of one boot are still known as such; it cannot be turned back. */
    static String boot(String id) {
        return id.isEmpty()
                ? id
                : UUID.nameUUIDFromBytes(("bpfbay boot " + id).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** {@code nginx.service} becomes {@code unit-1.service}. */
    String unit(String name) {
        return EVERYWHERE.contains(name) ? name : of("unit", stem(name)) + suffix(name);
    }

    /** Part by part, so that what lies in another still does. */
    String cgroup(String path) {
        StringBuilder out = new StringBuilder();
        for (String part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                out.append('/').append(unit(part));
            }
        }
        return out.length() == 0 ? "/" : out.toString();
    }

    /** Of refs those of cgroups name one: {@code cgroup:/PATH/TYPE/POSITION}. */
    String ref(String ref) {
        String start = "cgroup:";
        int position = ref.lastIndexOf('/');
        int type = position < 0 ? -1 : ref.lastIndexOf('/', position - 1);
        if (!ref.startsWith(start) || type <= start.length()) {
            return ref;
        }
        return start + cgroup(ref.substring(start.length(), type)) + ref.substring(type);
    }

    private static String stem(String name) {
        return name.substring(0, name.length() - suffix(name).length());
    }

    private static String suffix(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 && SUFFIXES.contains(name.substring(dot + 1)) ? name.substring(dot) : "";
    }

    /** Each folder and file has another name, but what the kernel names itself. */
    String path(String path) {
        Matcher process = PROCESS.matcher(path);
        String front = process.lookingAt() ? process.group() : "";
        String rest = path.substring(front.length());
        if (rest.startsWith(CGROUPS + "/")) {
            return front + CGROUPS + cgroup(rest.substring(CGROUPS.length()));
        }
        return front + (KERNELS_OWN.matcher(rest).lookingAt() ? rest : parts(rest));
    }

    /** Inside a bpffs names stay, whether it is mounted at the usual place or at another that says what it is. */
    String pin(String path) {
        Matcher mount = BPFFS.matcher(path);
        return mount.lookingAt() ? path(mount.group()) + path.substring(mount.end()) : path(path);
    }

    private String parts(String path) {
        return Arrays.stream(path.split("/", -1)).map(part -> of("path", part)).collect(Collectors.joining("/"));
    }

    /** Paths, addresses and names that were met before, where they stand in a sentence. */
    String text(String text) {
        if (toldWith != known.size() || told.size() > MOST_TOLD) {
            told.clear();
        }
        String out = told.get(text);
        if (out == null) {
            out = retold(text);
            told.put(text, out);
            toldWith = known.size();
        }
        return out;
    }

    private String retold(String text) {
        String out = PATH_IN_TEXT.matcher(text).replaceAll(path -> Matcher.quoteReplacement(path(path.group())));
        out = ADDRESS.matcher(out).replaceAll(address -> of("address", address.group()));
        for (Map.Entry<String, String> entry : known.entrySet()) {
            String kind = entry.getKey().substring(0, entry.getKey().indexOf('\u0000'));
            String name = entry.getKey().substring(kind.length() + 1);
            if (!kind.equals("path") && !kind.equals("address") && name.length() > 2) {
                out = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                        .matcher(out)
                        .replaceAll(Matcher.quoteReplacement(entry.getValue()));
            }
        }
        return out;
    }
}
