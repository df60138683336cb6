package bpfbay.kernel.libbpf;

import bpfbay.kernel.Guardians;
import bpfbay.kernel.KernelException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Guards as processes of {@code native/guard.c}, which are nobody's children. */
public final class LibbpfGuardians implements Guardians {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LibbpfGuardians() {}

    /** Fails with KernelException.Unsupported where the shim is missing. */
    public static LibbpfGuardians open() {
        NativeCode.require();
        return new LibbpfGuardians();
    }

    @Override
    public Guardian start(Orders orders) {
        ChildProcess process = ChildProcess.spawn(
                NativeCode.executable("guard"), List.of(), orders.locks(), ChildProcess.Manner.DETACHED);
        GuardTalk talk = new GuardTalk(process.socket(), orders.swap());
        try {
            Optional<List<String>> standing = giveTo(talk, orders);
            return new Running(talk, pid(standing.orElseThrow(() -> talk.gone("it ended at once"))));
        } catch (KernelException failed) {
            talk.close();
            throw failed;
        }
    }

    /* one that stumbles over an order says so, and does not hear the rest */
    private static Optional<List<String>> giveTo(GuardTalk talk, Orders orders) {
        try {
            new GuardOrders(talk, PATIENCE).give(orders);
        } catch (KernelException.Gone hasEnded) {
            return talk.answer(PATIENCE);
        }
        return talk.answer(PATIENCE);
    }

    @Override
    public Optional<Guardian> find(Path control) {
        MessageSocket socket;
        try {
            socket = MessageSocket.connect(control);
        } catch (KernelException.Gone nobodyThere) {
            return Optional.empty();
        }
        GuardTalk talk = new GuardTalk(socket, String.valueOf(control.getFileName()));
        try {
            Optional<Guardian> found = talk.ask(PATIENCE, "status").map(words -> new Running(talk, pid(words)));
            if (found.isEmpty()) {
                talk.close();
            }
            return found;
        } catch (KernelException failed) {
            talk.close();
            throw failed;
        }
    }

    /* swap, phase, nanoseconds left, pid, what it lacks */
    private static int pid(List<String> status) {
        return Integer.parseInt(status.get(3));
    }

    private static final class Running implements Guardian {
        /** Undoing a hundred places that are slow, and writing to two journals that hang. */
        private static final Duration ENDING_PATIENCE = Duration.ofSeconds(60);

        private final GuardTalk talk;
        private final int pid;

        private Running(GuardTalk talk, int pid) {
            this.talk = talk;
            this.pid = pid;
        }

        @Override
        public int pid() {
            return pid;
        }

        @Override
        public Instant arm(Duration within) {
            List<String> status = done("arm", Long.toString(Math.max(0, within.toMillis())));
            return Instant.now().plusNanos(Long.parseLong(status.get(2)));
        }

        @Override
        public void committed() {
            done("committed");
        }

        /** What it does then. */
        private List<String> done(String... words) {
            return talk.ask(PATIENCE, words).orElseThrow(talk::endedBefore);
        }

        @Override
        public Ending confirm() {
            talk.ask(ENDING_PATIENCE, "confirm");
            return talk.ending();
        }

        @Override
        public Ending revert() {
            talk.ask(ENDING_PATIENCE, "revert");
            return talk.ending();
        }

        @Override
        public void dismiss() {
            talk.ask(PATIENCE, "dismiss");
            if (!talk.wasDismissed()) {
                throw talk.endedBefore();
            }
        }

        @Override
        public Status status() {
            return talk.ask(PATIENCE, "status").map(Running::running).orElseGet(this::ended);
        }

        private static Status running(List<String> words) {
            long left = Long.parseLong(words.get(2));
            return new Status(
                    words.get(0),
                    Status.Phase.valueOf(words.get(1)),
                    left == 0 ? Optional.empty() : Optional.of(Instant.now().plusNanos(left)),
                    words.subList(4, words.size()));
        }

        private Status ended() {
            return new Status(talk.name(), Status.Phase.ENDED, Optional.empty(), List.of());
        }

        @Override
        public void close() {
            talk.close();
        }
    }
}
