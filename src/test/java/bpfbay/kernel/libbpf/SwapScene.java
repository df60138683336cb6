package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.testing.RawBpf;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Programs to swap, in the test's own namespace; all descriptors go with it. */
final class SwapScene implements AutoCloseable {
    final Swapper swapper = LibbpfSwapper.open();
    private final List<Fd> open = new ArrayList<>();

    /** A program of its own number, held until the end. */
    Fd program(int type, int expectedAttachType, String name, int verdict) {
        return kept(RawBpf.loadProgram(type, expectedAttachType, name, verdict));
    }

    Fd xdp(String name) {
        return program(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, name, 2);
    }

    Fd classifier(String name) {
        return program(RawBpf.BPF_PROG_TYPE_SCHED_CLS, 0, name, -1);
    }

    Fd kept(int number) {
        Fd fd = new OpenFd(number);
        open.add(fd);
        return fd;
    }

    static int id(Fd object) {
        return RawBpf.id(object.number());
    }

    static SwapPlace.Namespace here() {
        return new SwapPlace.Namespace(Ground.own().path(), Ground.own().inode());
    }

    void replace(SwapPlace place, Fd expected, Fd other) {
        swapper.replace(place, expected, other, OptionalLong.empty());
    }

    /** Fails as it should and changes nothing; returns the message. */
    String refused(Class<? extends KernelException> how, SwapPlace place, Fd expected, Fd other, Fd stays) {
        KernelException refusal = assertThrows(how, () -> replace(place, expected, other));
        assertEquals(how, refusal.getClass());
        assertStands(place, stays);
        return String.valueOf(refusal.getMessage());
    }

    void assertStands(SwapPlace place, Fd program) {
        Swapper.Standing standing = swapper.standing(place, id(program));
        assertEquals(OptionalInt.of(id(program)), standing.progId());
        assertEquals(true, standing.position().isPresent());
    }

    @Override
    public void close() {
        open.forEach(Fd::close);
    }
}
