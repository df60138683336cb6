package bpfbay.testing;

import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.Swapper;
import bpfbay.model.ObjectId;
import bpfbay.model.Problem;
import bpfbay.swap.JournalEntry;
import bpfbay.swap.JournalEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Guard processes that are objects; a test lets their deadline come or kills them. */
public final class FakeGuardians implements Guardians {
    public static final Instant NOW = Instant.parse("2026-11-21T22:52:00Z");

    public final Map<Path, Standing> alive = new HashMap<>();
    public Optional<KernelException> startFails = Optional.empty();

    private final Swapper swapper;
    private final MemoryJournal journal;
    private final FakeLocks locks;

    public FakeGuardians(Swapper swapper, MemoryJournal journal, FakeLocks locks) {
        this.swapper = swapper;
        this.journal = journal;
        this.locks = locks;
    }

    @Override
    public Guardian start(Orders orders) {
        startFails.ifPresent(e -> {
            throw e;
        });
        Standing guard = new Standing(orders);
        alive.put(orders.control(), guard);
        try {
            Files.createFile(orders.control());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return guard;
    }

    @Override
    public Optional<Guardian> find(Path control) {
        return Optional.ofNullable(alive.get(control));
    }

    /** This process ends: who was not armed goes with it. */
    public void starterDies() {
        List.copyOf(alive.values()).stream()
                .filter(guard -> guard.phase == Status.Phase.STANDING)
                .forEach(Standing::end);
    }

    /** What guard processes have open. */
    public List<ObjectId> open() {
        return alive.values().stream()
                .flatMap(guard -> guard.programs.stream())
                .map(swapper::identify)
                .toList();
    }

    public void deadline() {
        List.copyOf(alive.values()).forEach(Standing::revert);
    }

    /** kill -9: its socket and its pins stay, its descriptors go. */
    public void die() {
        List.copyOf(alive.values()).forEach(Standing::vanish);
    }

    /** One guard. */
    public final class Standing implements Guardian {
        public Status.Phase phase = Status.Phase.STANDING;
        public Optional<Instant> deadline = Optional.empty();
        private final Orders orders;
        private final List<Fd> programs = new ArrayList<>();
        private final List<String> locked;

        private Standing(Orders orders) {
            this.orders = orders;
            orders.members().forEach(member -> {
                programs.add(swapper.program(member.from()));
                programs.add(swapper.program(member.to()));
            });
            locked = locks.share(orders.swap());
        }

        @Override
        public int pid() {
            return 4711;
        }

        @Override
        public Instant arm(Duration within) {
            check();
            phase = Status.Phase.ARMED;
            deadline = Optional.of(NOW.plus(within));
            return deadline.get();
        }

        private void check() {
            if (!alive.containsValue(this)) {
                throw new KernelException.Gone(new Problem("guard", orders.swap(), 32, "it does not answer"));
            }
        }

        @Override
        public void committed() {
            check();
            phase = Status.Phase.COMMITTED;
        }

        @Override
        public Ending confirm() {
            check();
            note(JournalEvent.CONFIRMED);
            end();
            return new Ending(Ending.Kind.CONFIRMED, List.of());
        }

        @Override
        public Ending revert() {
            check();
            Ending.Kind kind = Ending.Kind.REVERTED;
            for (int i = orders.members().size() - 1; i >= 0; i--) {
                Member member = orders.members().get(i);
                try (Fd from = swapper.program(member.from());
                        Fd to = swapper.program(member.to())) {
                    swapper.replace(member.place(), to, from, OptionalLong.empty());
                } catch (KernelException e) {
                    var now = swapper.standing(member.place(), member.from()).progId();
                    kind = now.equals(OptionalInt.of(member.from())) ? kind : Ending.Kind.STALE;
                }
            }
            note(kind == Ending.Kind.STALE ? JournalEvent.STALE : JournalEvent.REVERTED);
            end();
            return new Ending(kind, List.of());
        }

        private void note(JournalEvent event) {
            for (int i = 0; i < orders.members().size(); i++) {
                journal.lines.add(new JournalEntry(
                        FakeKernel.BOOT,
                        NOW,
                        orders.swap(),
                        event,
                        OptionalInt.of(i),
                        orders.members().get(i).ref(),
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        new JournalEntry.By(4711, "guard", "root"),
                        Optional.empty(),
                        ""));
            }
        }

        @Override
        public void dismiss() {
            check();
            end();
        }

        private void end() {
            vanish();
            try {
                Files.deleteIfExists(orders.control());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void vanish() {
            alive.remove(orders.control());
            programs.forEach(Fd::close);
            locks.drop(locked);
        }

        @Override
        public Status status() {
            check();
            return new Status(orders.swap(), phase, deadline, List.of());
        }

        @Override
        public void close() {}
    }
}
