package bpfbay.history;

import bpfbay.history.Occurrence.Author;
import bpfbay.history.Occurrence.Kind;
import bpfbay.history.Occurrence.State;
import bpfbay.model.Attachment;
import bpfbay.model.BpfCommand;
import bpfbay.model.Clue;
import bpfbay.model.ObjectId;
import bpfbay.model.Owner;
import bpfbay.model.Place;
import bpfbay.model.TcFilter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/*
 * A name that is wrong is worse than none: a clue counts only where it can mean nothing else. A notification
 * of tc names its filter. A call of bpf(2) names nothing, so that it counts only where all calls of that
 * kind came from one process.
 */
/** Says who did what happened, as far as somebody was seen. */
public final class Authors {
    private static final Duration AROUND = Duration.ofSeconds(30);

    private final List<Clue> clues;
    private final Supplier<List<OwnSwap>> swaps;

    /** @param swaps asked only where a program was replaced, since it may read a file */
    public Authors(List<Clue> clues, Supplier<List<OwnSwap>> swaps) {
        this.clues = List.copyOf(clues);
        this.swaps = swaps;
    }

    public Occurrence sign(Occurrence occurrence) {
        return signed(
                occurrence,
                own(occurrence)
                        .or(() -> byFilter(occurrence))
                        .or(() -> byCall(occurrence))
                        .or(() -> byHolder(occurrence)));
    }

    /** Who did which of them, by its place in the list. */
    public static Map<Integer, Author> of(List<Occurrence> occurrences) {
        Map<Integer, Author> authors = new TreeMap<>();
        for (int i = 0; i < occurrences.size(); i++) {
            int place = i;
            occurrences.get(i).by().ifPresent(author -> authors.put(place, author));
        }
        return authors;
    }

    /** The same occurrences, each by whoever is told for its place. */
    public static List<Occurrence> signed(List<Occurrence> occurrences, Map<Integer, Author> authors) {
        if (authors.isEmpty()) {
            return occurrences;
        }
        List<Occurrence> signed = new ArrayList<>();
        for (int i = 0; i < occurrences.size(); i++) {
            signed.add(signed(occurrences.get(i), Optional.ofNullable(authors.get(i))));
        }
        return signed;
    }

    private static Occurrence signed(Occurrence occurrence, Optional<Author> author) {
        return author.isEmpty()
                ? occurrence
                : new Occurrence(
                        occurrence.at(),
                        occurrence.kind(),
                        occurrence.subject(),
                        occurrence.before(),
                        occurrence.after(),
                        author);
    }

    private Optional<Author> own(Occurrence occurrence) {
        OptionalInt put = occurrence.after().map(State::progId).orElse(OptionalInt.empty());
        if (occurrence.kind() != Kind.REPLACED || put.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> ref = occurrence.after().flatMap(State::ref);
        return swaps.get().stream()
                .filter(swap -> swap.progId() == put.getAsInt()
                        && ref.filter(swap.ref()::equals).isPresent()
                        && Duration.between(swap.at(), occurrence.at()).abs().compareTo(AROUND) <= 0)
                .findFirst()
                .map(swap -> new Author(swap.pid(), swap.comm(), Author.Source.JOURNAL));
    }

    /** By the kernel's own notification, which names the filter. */
    private Optional<Author> byFilter(Occurrence occurrence) {
        Optional<Attachment.Key> key = filterKey(occurrence);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Clue.Deed deed = occurrence.kind() == Kind.DETACHED ? Clue.Deed.REMOVED : Clue.Deed.PUT;
        Optional<Clue.Sender> sender = Optional.empty();
        for (Clue clue : clues) {
            if (clue instanceof Clue.FilterChanged changed
                    && changed.deed() == deed
                    && isOf(changed, key.get())
                    && isWhatCame(changed.filter(), occurrence)) {
                sender = Optional.of(changed.by());
            } else if (clue instanceof Clue.QdiscChanged changed
                    && deed == Clue.Deed.REMOVED
                    && changed.deed() == deed
                    && isOn(changed, key.get().place())) {
                sender = Optional.of(changed.by());
            }
        }
        return sender.map(by -> new Author(by.pid(), by.comm(), Author.Source.NETLINK_PORT));
    }

    private static Optional<Attachment.Key> filterKey(Occurrence occurrence) {
        boolean isOfFilter = occurrence.kind() == Kind.ATTACHED
                || occurrence.kind() == Kind.DETACHED
                || occurrence.kind() == Kind.REPLACED;
        return isOfFilter
                        && occurrence.subject().identity() instanceof Identity.OfAttachment of
                        && of.key().within() instanceof Attachment.FilterKey
                ? Optional.of(of.key())
                : Optional.empty();
    }

    private static boolean isOf(Clue.FilterChanged changed, Attachment.Key key) {
        TcFilter filter = changed.filter();
        Attachment.FilterKey named =
                new Attachment.FilterKey(filter.chain(), filter.priority(), filter.protocol(), filter.handle());
        if (!named.equals(key.within())) {
            return false;
        }
        if (key.place() instanceof Place.Tc tc) {
            boolean isThere = filter.block().isPresent()
                    || filter.ifindex() == tc.device().ifindex();
            return isThere
                    && filter.parent().equals(tc.parent())
                    && isIn(changed.netns(), tc.device().netns());
        }
        return key.place() instanceof Place.TcBlock block
                && filter.block().isPresent()
                && filter.block().getAsInt() == block.block()
                && isIn(changed.netns(), block.netns());
    }

    private static boolean isOn(Clue.QdiscChanged changed, Place place) {
        return place instanceof Place.Tc tc
                && changed.ifindex() == tc.device().ifindex()
                && isIn(changed.netns(), tc.device().netns());
    }

    private static boolean isIn(OptionalLong told, long netns) {
        return told.isPresent() && told.getAsLong() == netns;
    }

    /** Several may have put theirs there within one picture: it is whoever put what stands there now. */
    private static boolean isWhatCame(TcFilter filter, Occurrence occurrence) {
        OptionalInt put = occurrence.after().map(State::progId).orElse(OptionalInt.empty());
        return put.isEmpty() || filter.progId().isEmpty() || put.equals(filter.progId());
    }

    private Optional<Author> byCall(Occurrence occurrence) {
        Optional<BpfCommand> command = command(occurrence);
        if (command.isEmpty()
                || clues.stream()
                        .anyMatch(clue -> clue instanceof Clue.Lost lost && lost.source() == Clue.Source.BPF_CALLS)) {
            return Optional.empty();
        }
        Set<Author> callers = new HashSet<>();
        for (Clue clue : clues) {
            if (clue instanceof Clue.BpfCalled called && called.command().equals(command.get())) {
                callers.add(new Author(called.pid(), called.comm(), Author.Source.BPF_CALL));
            }
        }
        return callers.size() == 1 ? Optional.of(callers.iterator().next()) : Optional.empty();
    }

    /** The call that does it, where it is one of bpf(2). */
    private static Optional<BpfCommand> command(Occurrence occurrence) {
        if (filterKey(occurrence).isPresent()) {
            return Optional.empty();
        }
        boolean isByLink = occurrence
                .after()
                .or(occurrence::before)
                .map(State::linkId)
                .filter(OptionalInt::isPresent)
                .isPresent();
        boolean isXdpByNetlink = !isByLink
                && occurrence.subject().identity() instanceof Identity.OfAttachment of
                && of.key().place() instanceof Place.Xdp;
        return switch (occurrence.kind()) {
            case LOADED -> Optional.of(BpfCommand.PROG_LOAD);
            case PINNED -> Optional.of(BpfCommand.OBJ_PIN);
            case ATTACHED ->
                isXdpByNetlink
                        ? Optional.empty()
                        : Optional.of(isByLink ? BpfCommand.LINK_CREATE : BpfCommand.PROG_ATTACH);
            case REPLACED ->
                isXdpByNetlink
                        ? Optional.empty()
                        : Optional.of(isByLink ? BpfCommand.LINK_UPDATE : BpfCommand.PROG_ATTACH);
            case DETACHED -> isXdpByNetlink || isByLink ? Optional.empty() : Optional.of(BpfCommand.PROG_DETACH);
            case UNLOADED, UNPINNED, REORDERED, MOVED -> Optional.empty();
        };
    }

    /** Of what came, whoever holds it by a descriptor; of what was replaced, whoever holds the new program. */
    private static Optional<Author> byHolder(Occurrence occurrence) {
        if (occurrence.kind() != Kind.ATTACHED && occurrence.kind() != Kind.REPLACED) {
            return Optional.empty();
        }
        List<Owner> holders = occurrence.after().map(State::owners).orElse(List.of()).stream()
                .filter(owner -> !owner.isInferred())
                .filter(owner -> occurrence.kind() == Kind.ATTACHED || owner.holds() == ObjectId.Kind.PROG)
                .toList();
        return holders.size() == 1
                ? Optional.of(new Author(
                        OptionalInt.of(holders.get(0).holder().pid()),
                        holders.get(0).holder().comm(),
                        Author.Source.HOLDER))
                : Optional.empty();
    }
}
