package bpfbay.swap;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.AttachType;
import bpfbay.model.BpfMap;
import bpfbay.model.Nearest;
import bpfbay.model.ObjectId;
import bpfbay.model.Place;
import bpfbay.model.ProgType;
import bpfbay.model.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens or loads the candidate. */
final class Challengers {
    private static final AttachType NONE = new AttachType(0);

    private final Ground ground;
    private final SwapRequest request;
    private final List<Seat> seats;

    Challengers(Ground ground, SwapRequest request, List<Seat> seats) {
        this.ground = ground;
        this.request = request;
        this.seats = seats;
    }

    /** Fails with {@link NotUnderstoodException} where the candidate names nothing or is of another kind. */
    Challenger open() {
        Candidate candidate = request.candidate();
        if (candidate instanceof Candidate.OfObject object) {
            return object(object);
        } else if (!request.reuse().isEmpty()) {
            throw new NotUnderstoodException(
                    candidate.text() + " is loaded with its maps already: only one from a file can re-use others");
        }
        return candidate instanceof Candidate.OfPin pin
                ? loaded(program(pin), candidate)
                : loaded(((Candidate.OfProgram) candidate).id(), candidate);
    }

    private int program(Candidate.OfPin pin) {
        ObjectId object;
        try {
            object = ground.swapper().pinned(pin.path());
        } catch (KernelException.Denied | KernelException.Unsupported e) {
            throw e;
        } catch (KernelException e) {
            throw new NotUnderstoodException(pin.text() + ": " + e.getMessage());
        }
        if (object.kind() != ObjectId.Kind.PROG) {
            throw new NotUnderstoodException(
                    pin.text() + ": it pins a " + object.kind().label() + ", not a program");
        }
        return object.id();
    }

    private Challenger loaded(int id, Candidate asked) {
        Fd fd;
        try {
            fd = ground.swapper().program(id);
        } catch (KernelException.Gone e) {
            throw new NotUnderstoodException(asked.text() + ": no such program" + otherKind(id));
        }
        return new Challenger(
                asked,
                Optional.of(fd),
                facts(id),
                Optional.empty(),
                "",
                Optional.empty(),
                GuardName.CANDIDATE_VERIFIES);
    }

    private String otherKind(int id) {
        if (ground.kernel().maps().items().stream().anyMatch(map -> map.id() == id)) {
            return ", that is a map";
        }
        return ground.kernel().links().items().stream().anyMatch(link -> link.id() == id) ? ", that is a link" : "";
    }

    private Optional<Program> facts(int id) {
        return ground.kernel().programs().items().stream()
                .filter(program -> program.id() == id)
                .findFirst();
    }

    private Challenger object(Candidate.OfObject object) {
        Candidates.Contents contents = contents(object.file());
        Candidates.Defined chosen = choose(object, contents);
        Optional<Program> live =
                seats.stream().flatMap(seat -> seat.program().stream()).findFirst();
        if (live.isEmpty()) {
            return refused(object, "there is no live program to load it for", "", GuardName.CANDIDATE_FITS_HOOK);
        }
        ProgType type = live.get().type();
        if (!chosen.type().equals(type) && chosen.type().value() != 0) {
            return refused(
                    object,
                    chosen.name() + " in section " + chosen.section() + " is of type "
                            + chosen.type().label() + ", a program of type " + type.label() + " stands there",
                    "",
                    GuardName.CANDIDATE_FITS_HOOK);
        }
        Map<String, Integer> reuse = new LinkedHashMap<>();
        for (String name : request.reuse()) {
            Candidates.DefinedMap defined = defined(object, contents, name);
            BpfMap map = liveMap(defined.name());
            List<String> differences = MapDefinitions.differences(map, defined);
            if (!differences.isEmpty()) {
                return refused(
                        object,
                        MapNames.label(map) + " cannot be re-used: " + String.join(", ", differences),
                        "",
                        GuardName.MAPS);
            }
            reuse.put(defined.name(), map.id());
        }
        return load(object, new Candidates.Wish(object.file(), Optional.of(chosen.name()), type, expected(), reuse));
    }

    private Candidates.Contents contents(Path file) {
        try {
            return ground.candidates().contents(file);
        } catch (KernelException.Denied | KernelException.Unsupported e) {
            throw e;
        } catch (KernelException e) {
            throw new NotUnderstoodException("obj:" + file + ": " + e.getMessage());
        }
    }

    private static Candidates.Defined choose(Candidate.OfObject object, Candidates.Contents contents) {
        List<String> names =
                contents.programs().stream().map(Candidates.Defined::name).toList();
        if (object.program().isPresent()) {
            String wanted = object.program().get();
            return contents.programs().stream()
                    .filter(program -> program.name().equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new NotUnderstoodException(object.text() + ": the file has no program '" + wanted
                            + "'"
                            + Nearest.to(wanted, names)
                                    .map(near -> ": did you mean '" + near + "'?")
                                    .orElse(": it has " + (names.isEmpty() ? "none" : String.join(", ", names)))));
        } else if (names.size() != 1) {
            throw new NotUnderstoodException(object.text() + ": "
                    + (names.isEmpty()
                            ? "the file has no program"
                            : "the file has several programs, name one of " + String.join(", ", names)));
        }
        return contents.programs().get(0);
    }

    private static Candidates.DefinedMap defined(Candidate.OfObject object, Candidates.Contents contents, String name) {
        return contents.maps().stream()
                .filter(map -> map.name().equals(name) || MapNames.isSame(map.name(), name))
                .findFirst()
                .orElseThrow(() -> new NotUnderstoodException(object.text() + ": the file has no map '" + name + "'"));
    }

    private BpfMap liveMap(String name) {
        List<BpfMap> all = ground.kernel().maps().items();
        List<Integer> ids = new ArrayList<>();
        seats.forEach(seat -> seat.program().ifPresent(program -> ids.addAll(program.mapIds())));
        return all.stream()
                .filter(map -> ids.contains(map.id()) && MapNames.isSame(name, map.name()))
                .findFirst()
                .orElseThrow(() -> new NotUnderstoodException("no live map '" + name + "' to re-use"));
    }

    /** The attach type follows the live program's; XDP is loaded with 37 by libbpf and with 0 by hand. */
    private List<AttachType> expected() {
        List<AttachType> wanted = new ArrayList<>();
        Seat first = seats.get(0);
        first.program().flatMap(program -> program.expectedAttachType().found()).ifPresent(wanted::add);
        if (first.attachment().place() instanceof Place.Xdp) {
            wanted.add(AttachType.XDP);
            wanted.add(NONE);
        } else if (first.attachment().place() instanceof Place.Cgroup cgroup) {
            wanted.clear();
            wanted.add(cgroup.attachType());
        } else {
            wanted.add(NONE);
        }
        return wanted.stream().distinct().toList();
    }

    private Challenger load(Candidate.OfObject object, Candidates.Wish wish) {
        try {
            Candidates.Loaded loaded = ground.candidates().load(wish);
            return new Challenger(
                    object,
                    Optional.of(loaded.program()),
                    facts(loaded.progId()),
                    Optional.of(loaded),
                    loaded.verifierLog(),
                    Optional.empty(),
                    GuardName.CANDIDATE_VERIFIES);
        } catch (KernelException.Denied | KernelException.Unsupported e) {
            throw e;
        } catch (KernelException.Rejected e) {
            return refused(object, String.valueOf(e.getMessage()), e.verifierLog(), GuardName.CANDIDATE_VERIFIES);
        } catch (KernelException e) {
            return refused(object, String.valueOf(e.getMessage()), "", GuardName.CANDIDATE_VERIFIES);
        }
    }

    private static Challenger refused(Candidate asked, String why, String log, GuardName by) {
        return new Challenger(asked, Optional.empty(), Optional.empty(), Optional.empty(), log, Optional.of(why), by);
    }
}
