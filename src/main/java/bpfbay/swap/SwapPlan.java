package bpfbay.swap;

import static java.util.Objects.requireNonNull;

import bpfbay.model.Attachment;
import bpfbay.model.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What would be done, and what every guard says to it.
 *
 * @param id names the swap from now on: letters, digits and dashes, sorted by time
 * @param to absent where the candidate could not be loaded
 * @param guards one of each name, in their order
 * @param window within which it must be confirmed; absent where it need not be
 * @param probe the command that confirms or undoes it
 * @param carried what becomes of the pins that name the old programs
 * @param phrase what is typed to commit: the interface, the last element of a cgroup's path, or the number of members
 * @param verifierLog of a candidate that was loaded or refused just now; else empty
 */
public record SwapPlan(
        String id,
        Candidate candidate,
        List<Member> members,
        Optional<Program> to,
        List<GuardResult> guards,
        Optional<Window> window,
        Optional<SwapRequest.Canary> canary,
        Optional<Path> probe,
        SwapRequest.Pins carried,
        String phrase,
        String verifierLog) {
    public SwapPlan {
        requireNonNull(id, "id");
        requireNonNull(candidate, "candidate");
        members = List.copyOf(members);
        requireNonNull(to, "to");
        guards = List.copyOf(guards);
        requireNonNull(window, "window");
        requireNonNull(canary, "canary");
        requireNonNull(probe, "probe");
        requireNonNull(carried, "carried");
        requireNonNull(phrase, "phrase");
        requireNonNull(verifierLog, "verifierLog");
    }

    /**
     * One place.
     *
     * @param from the program that the plan saw there; absent for a classic BPF filter, which cannot be swapped
     * @param facts what stands beside it for the eye: {@code link 88}, {@code owner xdpd 812}
     * @param pins that will name the new program once it stays
     */
    public record Member(
            Attachment attachment, Way way, Optional<Program> from, List<String> facts, List<String> pins) {
        public Member {
            requireNonNull(attachment, "attachment");
            requireNonNull(way, "way");
            requireNonNull(from, "from");
            facts = List.copyOf(facts);
            pins = List.copyOf(pins);
        }

        public String ref() {
            return attachment.ref();
        }

        public Optional<Call> call() {
            return way.call();
        }
    }

    /** How long, and by whose wish: without a terminal the default one is not assumed. */
    public record Window(Duration time, Wish wish) {
        public enum Wish {
            DEFAULT,
            SAID
        }
    }

    public boolean isGroup() {
        return members.size() > 1;
    }

    /** Of all members, each once. */
    public List<String> pins() {
        return members.stream()
                .flatMap(member -> member.pins().stream())
                .distinct()
                .toList();
    }

    /** A guard failed: it cannot be committed, whatever is typed. */
    public boolean isBlocked() {
        return guards.stream().anyMatch(GuardResult::isFailed);
    }

    /** Names of the guards that warn; without a terminal each must be accepted by name. */
    public Set<GuardName> warned() {
        Set<GuardName> warned = new TreeSet<>();
        guards.stream().filter(GuardResult::isWarning).forEach(guard -> warned.add(guard.name()));
        return warned;
    }

    public Optional<GuardResult> guard(GuardName name) {
        return guards.stream().filter(guard -> guard.name() == name).findFirst();
    }

    /** A position names one of the members, and positions drift: without a terminal an expectation is needed. */
    public boolean isPositional() {
        return members.stream()
                .anyMatch(member -> switch (member.attachment().place().hook()) {
                    case "tcx", "netkit", "cgroup" -> true;
                    default -> false;
                });
    }
}
