package bpfbay.kernel.libbpf;

import bpfbay.kernel.Listing;
import bpfbay.model.AttachType;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.model.Program;
import bpfbay.model.Reading;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every program. Its facts never change, so each is asked once; ids come round again, so where the walk
 * tells the load time that must still be the same.
 */
final class ProgramSource {
    private final ObjectInfos infos;
    private final BootClock clock;
    private final Builds builds;
    private final Rows rows = new Rows(Rows.PROG_BYTES);
    private Map<Integer, Known> known = new HashMap<>();
    private Listing<Program> last = Listing.of(List.of());
    private boolean isComplete;

    /** A program, and the load time that makes it that one. */
    private record Known(long loadTime, Program program) {
        /* the iterators may come later than the first look at a program */
        Known with(Reading<AttachType> expected) {
            return program.expectedAttachType().equals(expected)
                    ? this
                    : new Known(loadTime, ProgramDecoder.expecting(program, expected));
        }
    }

    ProgramSource(ObjectInfos infos, BootClock clock, Builds builds) {
        this.infos = infos;
        this.clock = clock;
        this.builds = builds;
    }

    Listing<Program> read(ObjectWalk walk) {
        walk.programs(rows);
        if (isComplete && rows.areUnchanged()) {
            return last;
        }
        isComplete = false;
        List<Problem> problems = learn(missing(walk.knowledge()));
        Map<Integer, Known> alive = new HashMap<>();
        List<Program> items = new ArrayList<>(rows.count());
        for (int row = 0; row < rows.count(); row++) {
            Known program = known.get(rows.id(row));
            if (program != null) {
                Known told = program.with(expectedAttachType(walk.knowledge(), row));
                items.add(told.program());
                alive.put(rows.id(row), told);
            }
        }
        isComplete = items.size() == rows.count();
        known = alive;
        last = new Listing<>(items, problems);
        return last;
    }

    /** Every program, without the names and builds that BTF and maps tell. Nothing of it is kept. */
    Listing<Program> glance() {
        List<Problem> problems = new ArrayList<>();
        List<Program> items = new ArrayList<>();
        Instant bootedAt = clock.bootedAt();
        infos.all(ObjectId.Kind.PROG, record -> take(record, bootedAt, problems, items::add));
        return new Listing<>(items, problems);
    }

    private int[] missing(ObjectWalk.Knowledge knowledge) {
        IdList missing = new IdList();
        for (int row = 0; row < rows.count(); row++) {
            Known program = known.get(rows.id(row));
            if (program == null
                    || (knowledge == ObjectWalk.Knowledge.EVERYTHING && program.loadTime() != loadTime(row))) {
                missing.add(rows.id(row));
            }
        }
        return missing.toArray();
    }

    private List<Problem> learn(int[] ids) {
        List<Problem> problems = new ArrayList<>();
        if (ids.length == 0) {
            return problems;
        }
        List<Builds.Found> found = new ArrayList<>(ids.length);
        Map<Integer, Long> loadTimes = new HashMap<>();
        Instant bootedAt = clock.bootedAt();
        infos.ask(ObjectId.Kind.PROG, ids, record -> {
            known.remove(record.id());
            take(record, bootedAt, problems, program -> {
                found.add(new Builds.Found(program, FuncInfos.count(record.info()), record.funcTypeId()));
                loadTimes.put(record.id(), ProgramDecoder.loadTime(record.info()));
            });
        });
        for (Program program : builds.complete(found)) {
            known.put(program.id(), new Known(loadTimes.getOrDefault(program.id(), 0L), program));
        }
        return problems;
    }

    private static void take(InfoRecord record, Instant bootedAt, List<Problem> problems, Consumer<Program> found) {
        if (record.error() == 0) {
            found.accept(ProgramDecoder.decode(record, bootedAt));
        } else {
            ObjectInfos.note(record, problems);
        }
    }

    private Reading<AttachType> expectedAttachType(ObjectWalk.Knowledge knowledge, int row) {
        return switch (knowledge) {
            case IDS -> ProgramDecoder.UNTOLD;
            case EVERYTHING -> Reading.of(new AttachType(rows.current().getInt(row * Rows.PROG_BYTES + 16)));
        };
    }

    private long loadTime(int row) {
        return rows.current().getLong(row * Rows.PROG_BYTES + 8);
    }
}
