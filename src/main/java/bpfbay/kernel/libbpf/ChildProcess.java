package bpfbay.kernel.libbpf;

import bpfbay.kernel.Fd;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A program of ours that runs in a process of its own, and the talk with it. It finds the socket at
 * descriptor 3 and what it is given from 4 on; nothing else of ours is open in it. It is born in the
 * namespaces of the calling thread.
 */
final class ChildProcess implements AutoCloseable {
    private final MessageSocket socket;
    private final int pid;
    private final Manner manner;
    private Optional<Ending> ending = Optional.empty();

    private ChildProcess(MessageSocket socket, int pid, Manner manner) {
        this.socket = socket;
        this.pid = pid;
        this.manner = manner;
    }

    /** Whose it is. */
    enum Manner {
        /** Ours: closing ends it. */
        ATTENDED(0),
        /** Nobody's: in a session of its own, in the root directory, a child of init. Closing lets go of it. */
        DETACHED(SpawnShim.DETACHED);

        private final int flags;

        Manner(int flags) {
            this.flags = flags;
        }
    }

    /**
     * How a child ended.
     *
     * @param status its exit status; absent where a signal ended it
     * @param signal which ended it; absent where it ended by itself
     */
    record Ending(Optional<Integer> status, Optional<Integer> signal) {
        static Ending of(int waitStatus) {
            int signal = waitStatus & 0x7f;
            return signal == 0
                    ? new Ending(Optional.of(waitStatus >> 8 & 0xff), Optional.empty())
                    : new Ending(Optional.empty(), Optional.of(signal));
        }
    }

    /** The descriptors stay the caller's. Fails where the file cannot be executed. */
    static ChildProcess spawn(Path executable, List<String> arguments, List<Fd> descriptors, Manner manner) {
        MessageSocket.Pair pair = MessageSocket.pair(String.valueOf(executable.getFileName()));
        try (Fd theirs = pair.theirs()) {
            List<Fd> given = new ArrayList<>(List.of(theirs));
            given.addAll(descriptors);
            int pid = start(executable, arguments, given, manner);
            if (pid < 0) {
                pair.ours().close();
                throw new KernelException(
                        new Problem("execve", executable.toString(), -pid, "build it again with make -C native"));
            }
            return new ChildProcess(pair.ours(), pid, manner);
        }
    }

    private static int start(Path executable, List<String> arguments, List<Fd> given, Manner manner) {
        List<byte[]> words = new ArrayList<>(List.of(LibbpfLoader.cString(executable.toString())));
        arguments.forEach(argument -> words.add(LibbpfLoader.cString(argument)));
        int texts = words.stream().mapToInt(word -> word.length).sum();
        long table = Long.BYTES * (words.size() + 1L);
        try (Memory argv = new Memory(table + texts)) {
            argv.clear();
            long at = table;
            for (int i = 0; i < words.size(); i++) {
                argv.setLong((long) Long.BYTES * i, Pointer.nativeValue(argv) + at);
                argv.write(at, words.get(i), 0, words.get(i).length);
                at += words.get(i).length;
            }
            return SpawnShim.shim_spawn(
                    words.get(0), Pointer.nativeValue(argv), MessageSocket.numbers(given), given.size(), manner.flags);
        }
    }

    int pid() {
        return pid;
    }

    MessageSocket socket() {
        return socket;
    }

    /** Ends a child of ours where it still runs, and says how it ended. */
    synchronized Ending end() {
        if (manner == Manner.DETACHED) {
            throw new IllegalStateException("it is no child of ours");
        }
        Ending known = ending.orElseGet(() -> Ending.of(SpawnShim.shim_reap(pid)));
        ending = Optional.of(known);
        return known;
    }

    @Override
    public void close() {
        socket.close();
        if (manner == Manner.ATTENDED) {
            end();
        }
    }
}
