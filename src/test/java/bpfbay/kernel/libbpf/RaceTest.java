package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Loading;
import bpfbay.model.ObjectId;
import bpfbay.testing.InNetns;
import bpfbay.testing.OpenDescriptors;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand looks while objects come and go: nothing is thrown, nothing stays open. */
class RaceTest {
    private static final int LOOKS = Repeats.times(1000, 50);

    @ParameterizedTest
    @EnumSource(Loading.class)
    @InNetns
    void objects_that_come_and_go_during_a_look_are_no_failure(Loading loading) throws Exception {
        AtomicBoolean isOver = new AtomicBoolean();
        FutureTask<Integer> churn = new FutureTask<>(() -> churn(isOver));
        Thread churning = new Thread(churn, "churn");
        try (LibbpfKernel kernel = LibbpfKernel.open(loading)) {
            churning.start();
            for (int i = 0; i < LOOKS; i++) {
                look(kernel, i);
            }
        } finally {
            isOver.set(true);
            churning.join();
        }
        assertTrue(rounds(churn) >= Repeats.times(10, 1), "the other thread had its turns");
    }

    @ParameterizedTest
    @EnumSource(Loading.class)
    @InNetns
    void as_many_descriptors_are_open_after_a_thousand_looks_as_after_two(Loading loading) {
        try (LibbpfKernel kernel = LibbpfKernel.open(loading)) {
            look(kernel, 0);
            look(kernel, 0);
            OpenDescriptors before = OpenDescriptors.now();
            for (int i = 0; i < LOOKS; i++) {
                look(kernel, i);
            }
            before.assertSameAsNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Loading.class)
    @InNetns
    void nothing_that_a_look_sees_is_kept_alive_by_it(Loading loading) {
        int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "brief", 2);
        ObjectId object = ObjectId.prog(RawBpf.id(prog));
        try (LibbpfKernel kernel = LibbpfKernel.open(loading)) {
            look(kernel, 0);
            look(kernel, 0);
            RawBpf.closeAll(prog);
            assertEquals(
                    0,
                    kernel.programs().items().stream()
                            .filter(p -> p.object().equals(object))
                            .count());
        }
    }

    /* by /proc the holders cost more than all else, so not every look is for them */
    private static void look(LibbpfKernel kernel, int number) {
        kernel.programs();
        kernel.links();
        kernel.maps();
        kernel.namespaces();
        kernel.pins();
        if (number % 20 == 0) {
            kernel.holdings();
        }
    }

    private static int churn(AtomicBoolean isOver) throws IOException {
        int rounds = 0;
        while (!isOver.get()) {
            int map = RawBpf.createMap(RawBpf.BPF_MAP_TYPE_ARRAY, 4, 4, 1, "churn.data");
            int prog = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "churn", 2, map);
            int link = createLink(prog);
            Path directory = Path.of("/sys/fs/bpf/churn");
            Files.createDirectory(directory);
            RawBpf.pin(link, directory + "/link");
            RawBpf.closeAll(link, prog, map);
            Files.delete(directory.resolve("link"));
            Files.delete(directory);
            rounds++;
        }
        return rounds;
    }

    /* a look has a descriptor of each link for a moment, and with it the last link lives on that long */
    private static int createLink(int prog) {
        OptionalInt link = RawBpf.tryCreateLink(prog, 1, RawBpf.BPF_XDP);
        while (link.isEmpty()) {
            Thread.onSpinWait();
            link = RawBpf.tryCreateLink(prog, 1, RawBpf.BPF_XDP);
        }
        return link.getAsInt();
    }

    private static int rounds(FutureTask<Integer> churn) throws InterruptedException {
        try {
            return churn.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
