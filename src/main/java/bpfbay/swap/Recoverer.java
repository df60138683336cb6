package bpfbay.swap;

import bpfbay.kernel.Errno;
import bpfbay.kernel.KernelException;
import bpfbay.model.Problem;
import bpfbay.swap.SwapRecord.Standing;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names what swaps that nobody finished have left, undoes them, and takes away pins, sockets and locks that
 * are nobody's any more. What somebody is at work on is left alone.
 */
final class Recoverer {
    private final Ground ground;
    private final String bootId;
    private final States states;

    Recoverer(Ground ground) {
        this.ground = ground;
        this.bootId = ground.kernel().host().bootId();
        this.states = new States(ground.swapper());
    }

    List<Recovery> run() {
        List<SwapRecord> records = new Records(ground).all();
        List<Recovery> found = new ArrayList<>();
        for (SwapRecord swap : records) {
            if (!swap.bootId().equals(bootId)) {
                otherBoot(swap, found);
            } else if (swap.standing() == Standing.PENDING || swap.standing() == Standing.UNDER_WAY) {
                found.add(new Recovery(swap.id(), Recovery.State.UNDER_WAY, words(read(swap)), atWork(swap)));
            } else if (swap.standing() == Standing.UNFINISHED) {
                found.add(unfinished(swap));
            }
        }
        sweep(records, found);
        return found;
    }

    private static String atWork(SwapRecord swap) {
        return swap.confirmBy()
                .map(until -> "left alone: it is undone at " + until + " unless confirmed")
                .orElse("left alone: somebody is at work on it");
    }

    private void otherBoot(SwapRecord swap, List<Recovery> found) {
        if (swap.standing() == Standing.UNFINISHED) {
            String gone = "the machine was started anew, its programs are gone";
            new Chronicle(ground, bootId, swap.id()).note(JournalEvent.FAILED, Undo.subjects(swap.members()), gone);
            List<String> lines = swap.members().stream()
                    .map(member -> member.ref() + ": "
                            + member.from().map(ProgramMark::label).orElse("the old program") + " and "
                            + member.to().map(ProgramMark::label).orElse("the new one")
                            + " are gone with the boot they were of")
                    .toList();
            found.add(new Recovery(swap.id(), Recovery.State.GONE, lines, gone));
        }
    }

    private Recovery unfinished(SwapRecord swap) {
        List<States.State> members = read(swap);
        Recovery.State state = state(members);
        List<String> lines = words(members);
        try (HeldLocks locks = LockedAgain.take(ground, swap)) {
            if (locks.held().isPresent()) {
                return new Recovery(
                        swap.id(),
                        Recovery.State.UNDER_WAY,
                        lines,
                        "left alone: " + locks.held().get());
            }
            SwapOutcome outcome = new Undo(ground, swap).run("it was never finished");
            String done = outcome.word() + ": " + outcome.summary().state()
                    + outcome.summary().notes().stream()
                            .map(note -> "; " + note)
                            .collect(Collectors.joining());
            return new Recovery(swap.id(), state, lines, done);
        } catch (KernelException e) {
            return new Recovery(swap.id(), state, lines, "not undone: " + e.getMessage());
        }
    }

    private List<States.State> read(SwapRecord swap) {
        return swap.members().stream().map(states::read).toList();
    }

    private static Recovery.State state(List<States.State> members) {
        Set<States.Whose> seen = EnumSet.noneOf(States.Whose.class);
        members.forEach(member -> seen.add(member.whose()));
        if (seen.size() != 1) {
            return Recovery.State.MIXED;
        }
        return switch (seen.iterator().next()) {
            case OLD -> Recovery.State.OLD;
            case NEW -> Recovery.State.NEW;
            case OTHER, UNKNOWN -> Recovery.State.OTHER;
            case GONE -> Recovery.State.GONE;
        };
    }

    private static List<String> words(List<States.State> members) {
        return members.stream().map(States.State::words).toList();
    }

    /** Pins, sockets and locks that belong to no swap which still needs them. */
    private void sweep(List<SwapRecord> records, List<Recovery> found) {
        Set<String> busy =
                ground.locks().held().stream().map(Locks.Holder::swap).collect(Collectors.toCollection(HashSet::new));
        Set<String> needed = new HashSet<>(busy);
        records.stream()
                .filter(swap -> swap.bootId().equals(bootId) && needsWayBack(swap.id(), records))
                .forEach(swap -> needed.add(swap.id()));
        for (String name : WayBack.all(ground.swapper())) {
            if (!needed.contains(name)) {
                WayBack.of(ground.swapper(), name).remove();
                found.add(new Recovery(name, Recovery.State.OLD, List.of(), "pins that nobody needs were removed"));
            }
        }
        sockets(busy);
        ground.locks().tidy();
    }

    /** Read anew, since the undoing above has changed what the journal says. */
    private boolean needsWayBack(String id, List<SwapRecord> records) {
        return records.stream().filter(swap -> swap.id().equals(id)).anyMatch(swap -> switch (swap.standing()) {
            case PENDING, UNDER_WAY, SWAPPED, CONFIRMED, FAILED, UNFINISHED -> true;
            case REVERTED, STALE, ABANDONED -> false;
        });
    }

    private void sockets(Set<String> busy) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(ground.controls())) {
            for (Path entry : entries) {
                boolean isDead = !busy.contains(entry.getFileName().toString())
                        && ground.guardians().find(entry).isEmpty();
                if (isDead) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException e) {
            throw new KernelException(
                    new Problem("readdir", ground.controls().toString(), Errno.EIO, String.valueOf(e.getMessage())));
        }
    }
}
