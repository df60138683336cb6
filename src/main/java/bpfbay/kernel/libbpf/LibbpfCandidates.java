package bpfbay.kernel.libbpf;

import bpfbay.kernel.Candidates;
import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.AttachType;
import bpfbay.model.ProgType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Object files by libbpf in a process of its own, {@code native/candidate.c}, which lives for one question.
 * The descriptors of a loaded program and its maps come from there; of the file nothing stays.
 */
public final class LibbpfCandidates implements Candidates {
    /* the process itself may use 30 s of the processor, and the kernel may have it wait */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private LibbpfCandidates() {}

    public static LibbpfCandidates open() {
        NativeCode.require();
        return new LibbpfCandidates();
    }

    @Override
    public Contents contents(Path objectFile) {
        Wish nothing = new Wish(objectFile, Optional.empty(), new ProgType(0), List.of(), Map.of());
        try (CandidateAnswer answer = ask(objectFile, List.of("contents", objectFile.toString()))) {
            answer.failure().ifPresent(failure -> {
                throw CandidateRefusals.of(nothing, answer, failure);
            });
            return answer.contents();
        }
    }

    @Override
    public Loaded load(Wish wish) {
        try (CandidateAnswer answer = ask(wish.objectFile(), words(wish))) {
            answer.failure().ifPresent(failure -> {
                throw CandidateRefusals.of(wish, answer, failure);
            });
            return answer.takeLoaded();
        }
    }

    private static List<String> words(Wish wish) {
        List<String> words = new ArrayList<>(List.of(
                "load",
                wish.objectFile().toString(),
                wish.program().orElse(""),
                Integer.toString(wish.type().value()),
                wish.expected().stream()
                        .map(AttachType::value)
                        .map(String::valueOf)
                        .collect(Collectors.joining(","))));
        wish.reuse().forEach((name, id) -> words.add(name + "=" + Integer.toUnsignedString(id)));
        return words;
    }

    /** Its whole answer. */
    private static CandidateAnswer ask(Path file, List<String> words) {
        ObjectFile.check(file);
        CandidateAnswer answer = new CandidateAnswer();
        try (ChildProcess child = ChildProcess.spawn(
                NativeCode.executable("candidate"), words, List.of(), ChildProcess.Manner.ATTENDED)) {
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!answer.isWhole()) {
                Optional<MessageSocket.Message> message =
                        child.socket().receive(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                if (message.isEmpty()) {
                    throw CandidateRefusals.fell(file.toString(), child.end());
                }
                answer.add(message.get());
            }
            return answer;
        } catch (IndexOutOfBoundsException | IllegalArgumentException garbled) {
            answer.close();
            throw CandidateRefusals.garbled(file.toString());
        } catch (KernelException failed) {
            answer.close();
            throw failed.problem().errno() == Errno.ETIMEDOUT
                            && failed.problem().operation().equals("recvmsg")
                    ? CandidateRefusals.late(file.toString())
                    : failed;
        }
    }
}
