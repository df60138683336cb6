package bpfbay.swap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import bpfbay.kernel.Fd;
import bpfbay.kernel.SwapPlace;
import bpfbay.kernel.Swapper;
import bpfbay.kernel.libbpf.LibbpfSwapper;
import bpfbay.model.Attachment;
import bpfbay.model.Ref;
import bpfbay.model.Snapshot;
import bpfbay.swap.EngineGround.Kind;
import bpfbay.swap.EngineGround.Staged;
import bpfbay.testing.InNetns;
import bpfbay.testing.RawBpf;
import bpfbay.testing.Repeats;
import bpfbay.testing.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole engine against a writer in C on one place: as many steps lead into each program as out of it, so
 * nobody's program was replaced unseen. {@code -Dswap.engine.race=5000} races longer.
 */
@InNetns
class EngineRaceTest {
    private static final Duration HEARD_WITHIN = Duration.ofMinutes(1);
    private static final Path HOME = Path.of(System.getProperty("bpfbay.home", "."));
    private static final int SWAPS = Integer.getInteger("swap.engine.race", Repeats.times(500, 10));
    /* the journal is read whole now and then, and not meant to be of hundreds of swaps a second */
    private static final int FRESH_JOURNAL = 100;
    private static final int WITH_WINDOW = 10;
    private static final ConfirmWindow HOUR = new ConfirmWindow.Within(Duration.ofHours(1));
    private static final Pattern HEARD = Pattern.compile(" id ([0-9]+)\\b");

    private EngineGround ground;
    private final Swapper swapper = LibbpfSwapper.open();
    private List<Integer> programs = List.of();
    private Snapshot first;
    private Attachment attachment;
    private SwapPlace place;
    private final Map<Step, Integer> steps = new HashMap<>();
    private final Map<String, Integer> outcomes = new HashMap<>();

    private record Step(int from, int to) {}

    @BeforeEach
    void build_the_writer() {
        Tool.run("make", "-s", "-C", HOME.resolve("native").toString(), "trials");
        ground = new EngineGround();
        // no disk is as fast as a race wants it
        Tool.run("mount", "-t", "tmpfs", "none", ground.folder.toString());
    }

    @AfterEach
    void clear() {
        Tool.run("umount", "-l", ground.folder.toString());
        ground.close();
    }

    @ParameterizedTest
    @MethodSource("bpfbay.swap.EngineGround#kinds")
    void no_update_is_lost(Kind kind) throws IOException {
        Staged staged = ground.staged(kind);
        List<Integer> ours = List.of(staged.old(), staged.next());
        List<Integer> theirs =
                List.of(RawBpf.id(ground.loaded(kind, "their1")), RawBpf.id(ground.loaded(kind, "their2")));
        programs = Stream.of(ours, theirs).flatMap(List::stream).toList();
        first = ground.real.look();
        attachment = RealEngine.of(first, staged.old());
        try (PreparedSwap any = ground.real.plan(staged.old(), staged.next(), HOUR)) {
            place = any.seats().get(0).atomicPlace();
        }
        Path heard = ground.folder.resolve("heard");
        Optional<Process> listener = kind == Kind.FILTER ? Optional.of(listener(heard)) : Optional.empty();
        Process rival = rival(staged, ours, theirs);
        // turning the counting on and off takes longer than a swap
        try (Fd counting = ground.real.kernel.enableCounting()) {
            assertTrue(counting.number() > 2);
            for (int i = 1; i <= SWAPS; i++) {
                attempt(i, ours);
                if (i % FRESH_JOURNAL == 0) {
                    // without a link a place is named by its program, and the rival's are other places
                    boolean isNamed = kind.isLink() || kind == Kind.XDP_NETLINK || kind == Kind.FILTER;
                    assertTrue(!isNamed || waysBack().size() <= 1, () -> waysBack() + " " + outcomes);
                    Files.deleteIfExists(ground.real.folders.journals().get(0));
                    ground.engine.recover();
                }
            }
        } finally {
            rival.getOutputStream().close();
        }
        String done = new String(rival.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, rival.onExit().join().exitValue());
        rival.getInputStream().close();
        Map<Step, Integer> reported = reported(done);
        int last = standing().orElseThrow();
        if (listener.isPresent()) {
            assertHeard(listener.get(), heard, reported, staged.old(), last);
        } else {
            assertBalanced(reported, staged.old(), last);
        }
        // where every instruction is emulated the writer may be faster each time
        assertFalse(!Repeats.isEmulated() && steps.isEmpty(), outcomes::toString);
        assertTrue(outcomes.getOrDefault("stale", 0) > 0, outcomes::toString);
        ground.engine.recover();
        for (SwapRecord swap : ground.engine.swaps()) {
            ground.engine.forget(swap.id());
        }
        ground.assertNothingLeft();
    }

    private static List<Path> waysBack() {
        return EngineGround.entries(EngineGround.PINS.resolve("bpfbay"));
    }

    private void attempt(int number, List<Integer> ours) {
        OptionalInt there = standing();
        if (there.isEmpty()) {
            count("not seen");
            return;
        }
        int from = there.getAsInt();
        int to = ours.get(0) == from ? ours.get(1) : ours.get(0);
        ConfirmWindow window = number % WITH_WINDOW == 0 ? HOUR : new ConfirmWindow.None();
        SwapRequest request = SwapRequest.of(Ref.parse(attachment.ref()), new Candidate.OfProgram(to));
        try (PreparedSwap prepared = ground.engine.plan(request.confirming(window), with(from))) {
            SwapOutcome outcome = ground.engine.commit(
                    prepared, new Consent.Typed(prepared.plan().phrase()), step -> done(step, from, to));
            count(outcome.word());
            assertTrue(List.of("swapped", "pending", "stale").contains(outcome.word()), outcome::toString);
            if (outcome instanceof SwapOutcome.Pending) {
                String end = ground.engine.confirm(outcome.summary().id()).word();
                assertTrue(List.of("confirmed", "stale").contains(end), end);
            }
        }
    }

    /* the call was made and the kernel said yes, whatever is found there afterwards */
    private void done(Progress.Step step, int from, int to) {
        if (step.stage() == Progress.Stage.COMMITTING && step.done() == 1) {
            steps.merge(new Step(from, to), 1, Integer::sum);
        }
    }

    private void count(String word) {
        outcomes.merge(word, 1, Integer::sum);
    }

    /* a whole look takes longer than all the rest */
    private OptionalInt standing() {
        return programs.stream()
                .mapToInt(Integer::intValue)
                .filter(id -> standing(id).position().isPresent())
                .findFirst();
    }

    private Swapper.Standing standing(int progId) {
        return swapper.standing(place, progId);
    }

    private Snapshot with(int progId) {
        return RealEngine.with(first, attachment, progId, standing(progId).revision());
    }

    private Map<Step, Integer> reported(String rivals) {
        Map<Step, Integer> all = new HashMap<>(steps);
        for (String line : rivals.lines().toList()) {
            String[] words = line.split(" ", 3);
            all.merge(
                    new Step(Integer.parseInt(words[0]), Integer.parseInt(words[1])),
                    Integer.parseInt(words[2]),
                    Integer::sum);
        }
        return all;
    }

    private void assertBalanced(Map<Step, Integer> reported, int first, int last) {
        Map<Integer, Integer> balance = new HashMap<>();
        balance.merge(first, 1, Integer::sum);
        balance.merge(last, -1, Integer::sum);
        reported.forEach((step, times) -> {
            balance.merge(step.to(), times, Integer::sum);
            balance.merge(step.from(), -times, Integer::sum);
        });
        balance.values().removeIf(value -> value == 0);
        assertEquals(Map.of(), balance, () -> reported + " " + outcomes);
    }

    /* a change that was put back is two steps that nobody reports */
    private void assertHeard(Process listener, Path file, Map<Step, Integer> reported, int first, int last)
            throws IOException {
        // each change is told, at whatever pace the listener writes it down
        int changes = reported.values().stream().mapToInt(Integer::intValue).sum();
        long end = System.nanoTime() + HEARD_WITHIN.toNanos();
        EngineGround.await(() -> heard(file, first).size() > changes || System.nanoTime() > end);
        listener.destroy();
        listener.onExit().join();
        List<Integer> ids = heard(file, first);
        Map<Step, Integer> heard = new HashMap<>();
        for (int i = 1; i < ids.size(); i++) {
            heard.merge(new Step(ids.get(i - 1), ids.get(i)), 1, Integer::sum);
        }
        reported.forEach((step, times) ->
                assertTrue(heard.getOrDefault(step, 0) >= times, () -> step + ": " + times + " of " + heard));
        assertEquals(last, ids.get(ids.size() - 1));
    }

    private static List<Integer> heard(Path file, int first) {
        List<Integer> ids = new ArrayList<>(List.of(first));
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher id = HEARD.matcher(line);
                if (id.find()) {
                    ids.add(Integer.parseInt(id.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private static Process listener(Path heard) throws IOException {
        Process process = new ProcessBuilder("stdbuf", "-oL", "tc", "monitor")
                .redirectOutput(heard.toFile())
                .start();
        process.getOutputStream().close();
        process.getInputStream().close();
        process.getErrorStream().close();
        // what happens before it listens it cannot hear
        EngineGround.await(() -> {
            Tool.run("tc", "qdisc", "add", "dev", "lo", "clsact");
            Tool.run("tc", "qdisc", "del", "dev", "lo", "clsact");
            return heard.toFile().length() > 0;
        });
        return process;
    }

    private Process rival(Staged staged, List<Integer> ours, List<Integer> theirs) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                HOME.resolve("target/native/swap_rival").toString(),
                staged.kind().name().toLowerCase(Locale.ROOT).replace('_', '-').replace("program", "prog"),
                target(staged),
                Integer.toString(theirs.size())));
        ours.forEach(id -> command.add(Integer.toUnsignedString(id)));
        theirs.forEach(id -> command.add(Integer.toUnsignedString(id)));
        command.replaceAll(word -> word.equals("filter") ? "cls-bpf" : word);
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String target(Staged staged) {
        Kind kind = staged.kind();
        if (kind.isLink()) {
            Attachment there = RealEngine.of(ground.real.look(), staged.old());
            return Integer.toUnsignedString(there.linkId().orElseThrow());
        }
        return kind.isCgroup()
                ? EngineGround.cgroup(kind).toString()
                : Integer.toString(EngineGround.ifindex(kind.device()));
    }
}
