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
import java.util.HashSet;
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

    /** The newest first. */
    List<SwapRecord> all() {
        Map<String, List<JournalEntry>> bySwap = new LinkedHashMap<>();
        for (JournalEntry entry : ground.journal().read()) {
            bySwap.computeIfAbsent(entry.swap(), id -> new ArrayList<>()).add(entry);
        }
        Set<String> busy =
                ground.locks().held().stream().map(Locks.Holder::swap).collect(Collectors.toSet());
        Set<String> guarded = guarded();
        List<SwapRecord> records = new ArrayList<>();
        bySwap.values().forEach(entries -> records.add(record(entries, busy, guarded)));
        records.sort(Comparator.comparing(SwapRecord::begun)
                .thenComparing(SwapRecord::id)
                .reversed());
        return records;
    }

    /** Swaps with a control socket, be somebody behind it or not: few of those that the journal knows. */
    private Set<String> guarded() {
        Set<String> swaps = new HashSet<>();
        try (DirectoryStream<Path> sockets = Files.newDirectoryStream(ground.controls())) {
            sockets.forEach(socket -> swaps.add(socket.getFileName().toString()));
        } catch (IOException | DirectoryIteratorException none) {
            return Set.of();
        }
        return swaps;
    }

    private SwapRecord record(List<JournalEntry> entries, Set<String> busy, Set<String> guarded) {
        JournalEntry first = entries.get(0);
        JournalEntry last = entries.get(entries.size() - 1);
        List<SwapRecord.Member> members = members(entries);
        Standing told = told(members);
        Optional<Guardians.Status> status = Optional.empty();
        OptionalInt pid = OptionalInt.empty();
        if (guarded.contains(first.swap())) {
            Optional<Guardian> guardian =
                    ground.guardians().find(ground.controls().resolve(first.swap()));
            if (guardian.isPresent()) {
                try (Guardian alive = guardian.get()) {
                    pid = OptionalInt.of(alive.pid());
                    status = Optional.of(alive.status());
                } catch (KernelException endedMeanwhile) {
                    pid = OptionalInt.empty();
                }
            }
        }
        return new SwapRecord(
                first.swap(),
                first.bootId(),
                first.at(),
                last.at(),
                last.event(),
                first.by(),
                members,
                standing(told, status, busy.contains(first.swap())),
                status.flatMap(Guardians.Status::deadline),
                pid,
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
