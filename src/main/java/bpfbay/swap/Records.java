package bpfbay.swap;

import bpfbay.kernel.Guardians;
import bpfbay.kernel.Guardians.Guardian;
import bpfbay.kernel.KernelException;
import bpfbay.swap.SwapRecord.Standing;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the journal as swaps, and who is at work on each. */
final class Records {
    private final Ground ground;

    Records(Ground ground) {
        this.ground = ground;
    }

    /** A guard process as it was met at its socket. */
    private record Watch(int pid, Guardians.Status status) {}

    /**
     * The newest first. The journal is read last: what a guard process ends with is written down before its
     * socket and its locks go.
     */
    List<SwapRecord> all() {
        Map<String, Watch> watches = watches();
        Set<String> busy =
                ground.locks().held().stream().map(Locks.Holder::swap).collect(Collectors.toSet());
        Map<String, List<JournalEntry>> bySwap = new LinkedHashMap<>();
        for (JournalEntry entry : ground.journal().read()) {
            bySwap.computeIfAbsent(entry.swap(), id -> new ArrayList<>()).add(entry);
        }
        List<SwapRecord> records = new ArrayList<>();
        bySwap.forEach(
                (id, entries) -> records.add(record(entries, busy.contains(id), Optional.ofNullable(watches.get(id)))));
        records.sort(Comparator.comparing(SwapRecord::begun)
                .thenComparing(SwapRecord::id)
                .reversed());
        return records;
    }

    /** By swap: few of those that the journal knows. */
    private Map<String, Watch> watches() {
        Map<String, Watch> watches = new HashMap<>();
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(ground.controls())) {
            for (Path socket : sockets) {
                watch(socket)
                        .ifPresent(watch -> watches.put(socket.getFileName().toString(), watch));
            }
        } catch (IOException | DirectoryIteratorException none) {
            return watches;
        }
        return watches;
    }

    private Optional<Watch> watch(Path socket) {
        try {
            Optional<Guardian> guardian = ground.guardians().find(socket);
            if (guardian.isEmpty()) {
                return Optional.empty();
            }
            try (Guardian alive = guardian.get()) {
                return Optional.of(new Watch(alive.pid(), alive.status()));
            }
        } catch (KernelException silentOrEndedMeanwhile) {
            // one that was stopped still has its locks, which say that somebody is at work
            return Optional.empty();
        }
    }

    private static SwapRecord record(List<JournalEntry> entries, boolean isBusy, Optional<Watch> watch) {
        JournalEntry first = entries.get(0);
        JournalEntry last = entries.get(entries.size() - 1);
        List<SwapRecord.Member> members = members(entries);
        Optional<Guardians.Status> status = watch.map(Watch::status);
        return new SwapRecord(
                first.swap(),
                first.bootId(),
                first.at(),
                last.at(),
                last.event(),
                first.by(),
                members,
                standing(told(members), status, isBusy),
                status.flatMap(Guardians.Status::deadline),
                watch.map(w -> OptionalInt.of(w.pid())).orElseGet(OptionalInt::empty),
                last.detail());
    }

    private static Standing standing(Standing told, Optional<Guardians.Status> status, boolean isBusy) {
        if (status.isPresent() && status.get().phase() == Guardians.Status.Phase.COMMITTED) {
            return Standing.PENDING;
        } else if (status.isPresent() && status.get().phase() != Guardians.Status.Phase.ENDED) {
            // its bpfbay may have been killed before the last member
            return isBusy && told == Standing.ABANDONED ? Standing.UNDER_WAY : Standing.PENDING;
        }
        return isBusy && (told == Standing.UNFINISHED || told == Standing.ABANDONED) ? Standing.UNDER_WAY : told;
    }

    private static List<SwapRecord.Member> members(List<JournalEntry> entries) {
        Map<Integer, SwapRecord.Member> members = new TreeMap<>();
        for (JournalEntry entry : entries) {
            if (entry.member().isPresent()) {
                int index = entry.member().getAsInt();
                members.put(index, merged(Optional.ofNullable(members.get(index)), index, entry));
            } else {
                List<Integer> all = List.copyOf(members.keySet());
                (all.isEmpty() ? List.of(0) : all)
                        .forEach(index ->
                                members.put(index, merged(Optional.ofNullable(members.get(index)), index, entry)));
            }
        }
        return List.copyOf(members.values());
    }

    private static SwapRecord.Member merged(Optional<SwapRecord.Member> known, int index, JournalEntry entry) {
        return new SwapRecord.Member(
                index,
                known.map(SwapRecord.Member::ref).orElse(entry.ref()),
                entry.primitive(),
                known.flatMap(SwapRecord.Member::anchor).or(entry::anchor),
                known.isPresent() ? known.get().linkId() : entry.linkId(),
                known.flatMap(SwapRecord.Member::from).or(entry::from),
                known.flatMap(SwapRecord.Member::to).or(entry::to),
                entry.event());
    }

    /** What the journal alone says; the members together are as unfinished as the least finished. */
    private static Standing told(Collection<SwapRecord.Member> members) {
        Set<JournalEvent> lasts = EnumSet.noneOf(JournalEvent.class);
        members.forEach(member -> lasts.add(member.last()));
        if (lasts.contains(JournalEvent.COMMITTING)
                || lasts.contains(JournalEvent.COMMITTED)
                || lasts.contains(JournalEvent.REVERTING)
                || lasts.contains(JournalEvent.PENDING)) {
            return Standing.UNFINISHED;
        } else if (lasts.contains(JournalEvent.FAILED)) {
            return Standing.FAILED;
        } else if (lasts.contains(JournalEvent.STALE)) {
            return Standing.STALE;
        } else if (lasts.contains(JournalEvent.REVERTED)) {
            return Standing.REVERTED;
        } else if (lasts.contains(JournalEvent.CONFIRMED)) {
            return Standing.CONFIRMED;
        }
        return lasts.contains(JournalEvent.VERIFIED) ? Standing.SWAPPED : Standing.ABANDONED;
    }

    /** Fails with {@link NotUnderstoodException}. */
    SwapRecord byId(String id) {
        return all().stream()
                .filter(swap -> swap.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new NotUnderstoodException("no swap '" + id + "' is in the journal"));
    }
}
