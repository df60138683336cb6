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
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The long names and fingerprints of programs just found. BTF of one id is asked once, and nothing of it
 * is kept afterwards but names.
 */
final class Builds {
    private final MapSource maps;
    private final BtfBlobs blobs;
    private final MapValues values = new MapValues();
    private final Build build = new Build();

    Builds(MapSource maps, BtfBlobs blobs) {
        this.maps = maps;
        this.blobs = blobs;
    }

    /** A program and {@code bpf_func_info.type_id} of its first function, or 0. */
    record Found(Program program, int funcTypeId) {}

    /** A BTF object and its functions' names, as a build takes them. */
    private record Functions(Btf btf, ByteBuffer names) {
        private static final Functions NONE = new Functions(Btf.NONE, ByteBuffer.allocate(0));

        static Functions parse(ByteBuffer blob) {
            Btf btf = Btf.parse(blob);
            return new Functions(btf, Build.encodeNames(btf.functionNames()));
        }
    }

    /** The same programs, in the same order, with names and fingerprints. */
    List<Program> complete(List<Found> found) {
        Set<Integer> mapIds = new LinkedHashSet<>();
        found.forEach(one -> mapIds.addAll(one.program().mapIds()));
        Map<Integer, BpfMap> definitions = maps.definitions(mapIds);
        Map<Integer, Functions> byBtfId = new HashMap<>();
        SeenBytes<Functions> seenBtf = new SeenBytes<>();
        SeenBytes<String> seenBuilds = new SeenBytes<>();
        List<Program> complete = new ArrayList<>(found.size());
        for (Found one : found) {
            Program program = one.program();
            Functions functions = program.btfId().isPresent()
                    ? byBtfId.computeIfAbsent(program.btfId().getAsInt(), id -> functions(id, seenBtf))
                    : Functions.NONE;
            complete.add(ProgramDecoder.named(
                    program,
                    name(program, one.funcTypeId(), functions.btf()),
                    fingerprint(program, definitions, functions.names(), seenBuilds)));
        }
        return complete;
    }

    private Functions functions(int btfId, SeenBytes<Functions> seen) {
        try {
            return seen.of(blobs.read(btfId), Functions::parse);
        } catch (KernelException gone) {
            /* the program went meanwhile, and its BTF with it */
            return Functions.NONE;
        }
    }

    private static String name(Program program, int funcTypeId, Btf btf) {
        Optional<String> function =
                program.name().length() < ProgramDecoder.LONGEST_NAME ? Optional.empty() : btf.functionName(funcTypeId);
        return function.map(whole -> ProgramDecoder.longName(program.name(), whole))
                .orElse(program.name());
    }

    private Reading<String> fingerprint(
            Program program, Map<Integer, BpfMap> definitions, ByteBuffer functions, SeenBytes<String> seen) {
        List<BpfMap> itsMaps = new ArrayList<>();
        for (int id : program.mapIds()) {
            BpfMap map = definitions.get(id);
            if (map == null) {
                return new Reading.Gone<>();
            }
            itsMaps.add(map);
        }
        try {
            build.begin(program.tag()).maps(itsMaps).functions(functions);
            itsMaps.stream()
                    .filter(Build::isData)
                    .sorted(Comparator.comparing(Build::nameInObject))
                    .forEach(map -> build.data(Build.nameInObject(map), values.first(map)));
            return Reading.of(seen.of(build.content(), Build::fingerprint));
        } catch (KernelException.Gone gone) {
            return new Reading.Gone<>();
        } catch (KernelException failed) {
            return new Reading.NotAsked<>(
                    "a data map cannot be read: " + Errno.name(failed.problem().errno()));
        }
    }
}
