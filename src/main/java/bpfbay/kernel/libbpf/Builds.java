package bpfbay.kernel.libbpf;

import bpfbay.btf.Btf;
import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.BpfMap;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The long names and fingerprints of programs just found. BTF of one id is asked once, and of all
 * of them only one is there at a time. A part that cannot be read gives a reason and no fingerprint.
 */
final class Builds {
    /* larger ones are rarely loaded many times, and would fill the heap */
    private static final int WORTH_KEEPING = 1 << 14;
    private static final int LARGEST_DATA = 16 << 20;
    private static final String UNKNOWN_BTF = "its BTF is of a kind that is not known here";

    private final MapSource maps;
    private final BtfBlobs blobs;
    private final FuncInfos funcInfos = new FuncInfos();
    private final MapValues values = new MapValues();
    private final Build build = new Build();

    Builds(MapSource maps, BtfBlobs blobs) {
        this.maps = maps;
        this.blobs = blobs;
    }

    /**
     * A program, the number of its functions, and {@code bpf_func_info.type_id} of the first one, 0 where
     * there is none.
     */
    record Found(Program program, int functions, int funcTypeId) {}

    /** The same programs, in whatever order, with names and fingerprints. */
    List<Program> complete(List<Found> found) {
        Set<Integer> mapIds = new LinkedHashSet<>();
        found.forEach(one -> mapIds.addAll(one.program().mapIds()));
        Batch batch = new Batch(maps.definitions(mapIds));
        List<Program> complete = new ArrayList<>(found.size());
        found.stream()
                .sorted(Comparator.comparing(one -> one.program().btfId().orElse(0)))
                .forEach(one -> complete.add(batch.complete(one)));
        return complete;
    }

    /** The programs of one call, which often are loads of the same few object files. */
    private final class Batch {
        private final Map<Integer, BpfMap> definitions;
        private final SeenBytes<Btf> seenBtf = new SeenBytes<>();
        private final SeenBytes<String> seenBuilds = new SeenBytes<>();
        private OptionalInt btfId = OptionalInt.empty();
        private Btf btf = Btf.NONE;

        Batch(Map<Integer, BpfMap> definitions) {
            this.definitions = definitions;
        }

        Program complete(Found found) {
            Program program = found.program();
            String name = program.name();
            Reading<String> fingerprint;
            Reading<String> functions;
            try {
                turnTo(program.btfId());
                name = longName(program.name(), btf, found.funcTypeId());
                Optional<List<String>> names = functions(found, btf);
                functions = digest(names);
                fingerprint = fingerprint(program, names);
            } catch (KernelException failed) {
                functions = unread(failed);
                fingerprint = unread(failed);
            }
            return ProgramDecoder.named(program, name, fingerprint, functions);
        }

        private void turnTo(OptionalInt wanted) {
            if (!wanted.equals(btfId)) {
                btfId = OptionalInt.empty();
                btf = wanted.isPresent() ? parse(blobs.read(wanted.getAsInt())) : Btf.NONE;
                btfId = wanted;
            }
        }

        private Btf parse(ByteBuffer blob) {
            return blob.remaining() <= WORTH_KEEPING ? seenBtf.of(blob, Btf::parse) : Btf.parse(blob);
        }

        private Reading<String> digest(Optional<List<String>> functions) {
            if (functions.isEmpty()) {
                return new Reading.NotAsked<>(UNKNOWN_BTF);
            } else if (functions.get().isEmpty()) {
                return new Reading.Unsupported<>("BTF");
            }
            return Reading.of(digest(build.begin("").functions(functions.get())));
        }

        private String digest(Build build) {
            ByteBuffer content = build.content();
            return content.remaining() <= WORTH_KEEPING
                    ? seenBuilds.of(content, Build::fingerprint)
                    : Build.fingerprint(content);
        }

        private Reading<String> fingerprint(Program program, Optional<List<String>> functions) {
            if (functions.isEmpty()) {
                return new Reading.NotAsked<>(UNKNOWN_BTF);
            }
            List<BpfMap> itsMaps = new ArrayList<>();
            for (int id : program.mapIds()) {
                BpfMap map = definitions.get(id);
                if (map == null) {
                    return new Reading.Gone<>();
                }
                if (Build.isData(map) && Integer.compareUnsigned(map.valueSize(), LARGEST_DATA) > 0) {
                    return new Reading.NotAsked<>("its data is too large to read");
                }
                itsMaps.add(map);
            }
            build.begin(program.tag()).maps(itsMaps).functions(functions.get());
            for (BpfMap map : Build.inOrder(itsMaps)) {
                if (Build.isData(map)) {
                    build.data(Build.nameInObject(map), values.first(map));
                }
            }
            return Reading.of(digest(build));
        }
    }

    /* one function, which most programs have, came with the facts; empty where one has no name */
    private Optional<List<String>> functions(Found found, Btf btf) {
        int[] ids =
                switch (found.functions()) {
                    case 0 -> new int[0];
                    case 1 -> new int[] {found.funcTypeId()};
                    default -> funcInfos.typeIds(found.program().id(), found.functions());
                };
        List<String> names = new ArrayList<>(ids.length);
        for (int id : ids) {
            Optional<String> name = btf.functionName(id);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
        }
        return Optional.of(names);
    }

    private static String longName(String kernelName, Btf btf, int funcTypeId) {
        Optional<String> function =
                kernelName.length() < ProgramDecoder.LONGEST_NAME ? Optional.empty() : btf.functionName(funcTypeId);
        return function.map(whole -> ProgramDecoder.longName(kernelName, whole)).orElse(kernelName);
    }

    private static Reading<String> unread(KernelException failed) {
        if (failed instanceof KernelException.Gone) {
            return new Reading.Gone<>();
        } else if (failed instanceof KernelException.Denied) {
            return new Reading.Denied<>("CAP_SYS_ADMIN");
        }
        return new Reading.NotAsked<>(failed.problem().operation() + " said "
                + Errno.name(failed.problem().errno()));
    }
}
