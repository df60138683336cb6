package bpfbay.life;

import bpfbay.kernel.Attacher;
import bpfbay.kernel.Attacher.Filter;
import bpfbay.kernel.Fd;
import bpfbay.kernel.LoadedObject;
import bpfbay.kernel.libbpf.LibbpfLoader;
import bpfbay.model.Direction;
import bpfbay.model.TcParent;
import bpfbay.model.XdpMode;
import bpfbay.testing.RawBpf;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The process of a {@link Hand}. What it loads it calls by a key of the teller's choice, and holds until it
 * is told to let go.
 */
final class HandProgram {
    static final String DONE = "done";

    private static final int ETH_P_ALL = 3;
    private static final int BPF_F_ALLOW_MULTI = 2;

    private final LibbpfLoader loader = LibbpfLoader.open();
    private final Attacher attacher = loader.attacher(Path.of("/proc/self/ns/net"));
    private final Map<String, LoadedObject> objects = new HashMap<>();
    private final Map<String, Integer> fds = new HashMap<>();

    private HandProgram() {}

    public static void main(String[] args) throws IOException {
        HandProgram hand = new HandProgram();
        try (BufferedReader orders = new BufferedReader(
                        new InputStreamReader(new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8));
                FileOutputStream answers = new FileOutputStream(FileDescriptor.out)) {
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                answers.write((hand.answer(order.split(" ", -1)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        /* threads of the loader's would keep it */
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] words) {
        try {
            obey(words[0], words);
            return DONE;
        } catch (IOException | RuntimeException failed) {
            return failed.toString().replace('\n', ' ');
        }
    }

    private void obey(String verb, String[] words) throws IOException {
        switch (verb) {
            case "be" -> be(words[1], Path.of(words[2]));
            case "load" -> objects.put(words[1], loader.load(Path.of(words[2])));
            case "drop" -> drop(words[1]);
            case "hold" -> fds.put(words[1], RawBpf.open(words[2]));
            case "pin" -> pin(object(words[1], words[2]), Path.of(words[3]));
            case "unpin" -> Files.delete(Path.of(words[1]));
            case "tcx", "xdp" -> link(verb, program(words[1], words[2]), words[3], words[4], Path.of(words[5]));
            case "filter" -> filter(program(words[1], words[2]), words[3], words[4]);
            case "refilter" ->
                attacher.replaceFilter(program(words[1], words[2]), filter(words[3], words[4], words[2]));
            case "update" -> update(words[3], program(words[1], words[2]));
            default -> cgroup(verb, words);
        }
    }

    private void be(String name, Path cgroup) throws IOException {
        Files.writeString(Path.of("/proc/self/comm"), name);
        Files.writeString(cgroup.resolve("cgroup.procs"), "0");
    }

    private Fd program(String key, String name) {
        return found(found(objects, key).programs(), name);
    }

    private Fd object(String key, String name) {
        LoadedObject object = found(objects, key);
        return object.maps().containsKey(name) ? found(object.maps(), name) : found(object.programs(), name);
    }

    private static <T> T found(Map<String, T> all, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " is none of " + all.keySet());
        }
        return found;
    }

    private void drop(String key) {
        LoadedObject object = objects.remove(key);
        Integer fd = fds.remove(key);
        if (object != null) {
            object.close();
        }
        if (fd != null) {
            RawBpf.closeAll(fd);
        }
    }

    /** At once in the place of what is pinned there. */
    private void pin(Fd object, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Path beside = path.resolveSibling(path.getFileName() + "-pending");
        attacher.pin(object, beside);
        Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The pin alone holds it then. */
    private void link(String kind, Fd program, String device, String direction, Path pin) throws IOException {
        var to = attacher.device(device);
        try (Fd link = kind.equals("xdp")
                ? attacher.xdpLink(program, to, XdpMode.GENERIC)
                : attacher.tcxLink(program, to, Direction.valueOf(direction))) {
            pin(link, pin);
        }
    }

    private void filter(Fd program, String device, String direction) {
        attacher.clsact(attacher.device(device));
        attacher.filter(program, filter(device, direction, "life"));
    }

    private Filter filter(String device, String direction, String name) {
        TcParent parent = direction.equals("INGRESS") ? TcParent.INGRESS : TcParent.EGRESS;
        return new Filter(attacher.device(device), parent, 0, 1, ETH_P_ALL, 1, name);
    }

    private static void update(String pin, Fd program) {
        int link = RawBpf.open(pin);
        try {
            RawBpf.updateLink(link, program.number());
        } finally {
            RawBpf.closeAll(link);
        }
    }

    /** What runtimes do; a name of "-" is none. */
    private void cgroup(String verb, String[] words) {
        switch (verb) {
            case "map" -> fds.put(words[1], RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 8, 4, words[2]));
            case "program" -> {
                int[] maps = words.length > 6 ? new int[] {found(fds, words[6])} : new int[0];
                String name = words[4].equals("-") ? "" : words[4];
                fds.put(words[1], RawBpf.loadSteps(number(words[2]), number(words[3]), name, number(words[5]), maps));
            }
            case "attach" ->
                in(words[2], to -> RawBpf.attach(found(fds, words[1]), to, number(words[3]), BPF_F_ALLOW_MULTI));
            case "replace" ->
                in(
                        words[3],
                        to -> RawBpf.replace(
                                found(fds, words[1]), found(fds, words[2]), to, number(words[4]), BPF_F_ALLOW_MULTI));
            case "detach" -> in(words[2], from -> RawBpf.detach(found(fds, words[1]), from, number(words[3])));
            case "link" ->
                in(words[3], to -> fds.put(words[1], RawBpf.createLink(found(fds, words[2]), to, number(words[4]))));
            case "find" -> in(words[2], there -> fds.put(words[1], RawBpf.programOf(there, number(words[3]))));
            default -> throw new IllegalArgumentException(verb);
        }
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static void in(String cgroup, java.util.function.IntConsumer deed) {
        int directory = RawBpf.openDirectory(cgroup);
        try {
            deed.accept(directory);
        } finally {
            RawBpf.closeAll(directory);
        }
    }
}
