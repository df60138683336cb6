package bpfbay.kernel.libbpf;

import bpfbay.kernel.Errno;
import bpfbay.kernel.Fd;
import bpfbay.kernel.Guardians.Ending;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Talk with a guard, as {@code native/guard.c} has it: a message is words, each with its NUL. A guard that
 * ends says so whatever it was asked; from then on there is nothing but its ending. For one thread at a time.
 */
final class GuardTalk implements AutoCloseable {
    private final MessageSocket socket;
    private final String name;
    private final List<String> places = new ArrayList<>();
    private Optional<String> ending = Optional.empty();

    /** @param name of the guard, for messages about it */
    GuardTalk(MessageSocket socket, String name) {
        this.socket = socket;
        this.name = name;
    }

    String name() {
        return name;
    }

    void tell(Duration patience, List<String> words, List<Fd> descriptors) {
        socket.send(String.join("\0", words) + "\0", descriptors, patience);
    }

    /** The words of its answer; empty when it has ended. Fails where it refuses. */
    Optional<List<String>> ask(Duration patience, String... words) {
        try {
            tell(patience, List.of(words), List.of());
        } catch (KernelException.Gone hasEnded) {
            /* what it said before is still to be read */
            return answer(patience);
        }
        return answer(patience);
    }

    /** The next answer, to what was told or asked before. */
    Optional<List<String>> answer(Duration patience) {
        while (ending.isEmpty()) {
            Optional<MessageSocket.Message> message = socket.receive(patience);
            if (message.isEmpty()) {
                return Optional.empty();
            }
            message.get().closeDescriptors();
            List<String> words = Arrays.asList(message.get().text().split("\0", -1));
            List<String> rest = words.subList(1, words.size() - 1);
            switch (words.get(0)) {
                case "ok" -> {
                    return Optional.of(rest);
                }
                case "places" -> places.addAll(rest);
                case "ended" -> ending = Optional.of(rest.get(0));
                case "error" ->
                    throw new KernelException(new Problem("guard", name, Integer.parseInt(rest.get(0)), rest.get(1)));
                default -> throw notUnderstood(words.get(0));
            }
        }
        return Optional.empty();
    }

    /** What became of the swap. Fails with Gone where it does not say: it was dismissed, or killed. */
    Ending ending() {
        String word = ending.orElseThrow(() -> gone("it has ended; the journal says how"));
        return switch (word) {
            case "CONFIRMED" -> new Ending(Ending.Kind.CONFIRMED, places);
            case "REVERTED" -> new Ending(Ending.Kind.REVERTED, places);
            case "STALE" -> new Ending(Ending.Kind.STALE, places);
            case "FAILED" -> new Ending(Ending.Kind.FAILED, places);
            case "DISMISSED" -> throw gone("it was dismissed before");
            default -> throw notUnderstood(word);
        };
    }

    boolean wasDismissed() {
        return ending.filter("DISMISSED"::equals).isPresent();
    }

    KernelException.Gone gone(String hint) {
        return new KernelException.Gone(new Problem("guard", name, Errno.EPIPE, hint));
    }

    /** A guard that ended without being asked to. */
    KernelException.Gone endedBefore() {
        return gone(ending.map(word -> "it has ended: " + word.toLowerCase(Locale.ROOT))
                .orElse("it has ended; the journal says how"));
    }

    private KernelException notUnderstood(String word) {
        return new KernelException(new Problem("guard", name, Errno.EINVAL, "its answer is not understood: " + word));
    }

    @Override
    public void close() {
        socket.close();
    }
}
