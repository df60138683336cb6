package bpfbay.kernel.libbpf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.model.BpfCommand;
import bpfbay.model.Clue;
import bpfbay.model.ObjectId;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Tool;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Other processes' calls of bpf(2), as they are told right after the process has ended. */
@InNetns
@Timeout(60)
class CallSourceTest {
    @Test
    void a_command_that_loads_and_pins_is_told_with_its_pid_and_name() throws Exception {
        try (CallSource calls = new CallSource()) {
            Instant before = Instant.now();
            Process bpftool = new ProcessBuilder(
                            "bpftool",
                            "prog",
                            "load",
                            NativeCode.bpfObject("xdp_fw").toString(),
                            Ground.path("fw"))
                    .start();
            assertEquals(0, bpftool.waitFor());
            Instant after = Instant.now();

            List<Clue.BpfCalled> told = of(calls, (int) bpftool.pid());

            assertEquals(
                    List.of(BpfCommand.PROG_LOAD, BpfCommand.OBJ_PIN),
                    told.stream()
                            .map(Clue.BpfCalled::command)
                            .skip(told.size() - 2)
                            .toList());
            for (Clue.BpfCalled call : told) {
                assertEquals("bpftool", call.comm());
                assertTrue(
                        call.at().isAfter(before.minusMillis(50)) && call.at().isBefore(after.plusMillis(50)));
            }
        }
    }

    @Test
    void a_call_that_only_asks_or_fails_is_not_told() {
        int own = (int) ProcessHandle.current().pid();
        int program = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "asked", 2);
        try (CallSource calls = new CallSource()) {
            calls.take();
            RawBpf.id(program);
            RawBpf.tryCreateLink(program, 1, RawBpf.BPF_XDP).ifPresent(RawBpf::closeAll);

            assertEquals(
                    List.of(BpfCommand.LINK_CREATE),
                    of(calls, own).stream().map(Clue.BpfCalled::command).toList());
        } finally {
            RawBpf.closeAll(program);
        }
    }

    @Test
    void more_calls_than_the_buffer_holds_are_said_to_be_lost() {
        int program = RawBpf.loadProgram(RawBpf.BPF_PROG_TYPE_XDP, RawBpf.BPF_XDP, "busy", 2);
        int link = RawBpf.createLink(program, 1, RawBpf.BPF_XDP);
        try (CallSource calls = new CallSource()) {
            for (int i = 0; i < 10_000; i++) {
                RawBpf.updateLink(link, program);
            }
            assertTrue(calls.take().stream().anyMatch(clue -> clue instanceof Clue.Lost));
            assertTrue(calls.take().stream().noneMatch(clue -> clue instanceof Clue.Lost));
        } finally {
            RawBpf.closeAll(program, link);
        }
    }

    @Test
    void what_it_has_loaded_is_its_own_and_goes_with_it() {
        CallSource calls = new CallSource();
        int program = calls.own().stream()
                .filter(object -> object.kind() == ObjectId.Kind.PROG)
                .findFirst()
                .orElseThrow()
                .id();
        assertEquals(4, calls.own().size());
        calls.close();

        /* the kernel frees a program of a tracepoint when no processor runs it any more */
        while (Tool.run("bpftool", "prog", "show").contains("\n" + program + ": ")) {
            Thread.onSpinWait();
        }
    }

    private static List<Clue.BpfCalled> of(CallSource calls, int pid) {
        return calls.take().stream()
                .filter(clue -> clue instanceof Clue.BpfCalled)
                .map(clue -> (Clue.BpfCalled) clue)
                .filter(call -> call.pid().equals(OptionalInt.of(pid)))
                .toList();
    }
}
