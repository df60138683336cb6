package bpfbay.diagnose;

import bpfbay.diagnose.Diagnosis.NotEvaluated;
import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.history.Occurrence.Author;
import bpfbay.history.Occurrence.State;
import bpfbay.history.Occurrence.Subject;
import bpfbay.model.Attachment;
import bpfbay.model.Owner;
import bpfbay.model.Place;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What rules ask of the past. */
final class Chronology {
    private Chronology() {}

    /** The answer of a rule of the past where there is none. */
    static List<NotEvaluated> blind(Code code, Scene scene) {
        return scene.since().isPresent()
                ? List.of()
                : List.of(NotJudged.notAsked(code, "there is no earlier picture to compare with"));
    }

    /** Swaps of bpfbay's own are no surprise. */
    static boolean isOurs(Occurrence occurrence) {
        return occurrence
                .by()
                .filter(author -> author.how() == Author.Source.JOURNAL)
                .isPresent();
    }

    /** The hook that it happened to; absent where it happened to no attachment. */
    static Optional<Place> place(Occurrence occurrence) {
        return occurrence.subject().identity() instanceof Identity.OfAttachment attachment
                        && occurrence.subject() instanceof Subject.Place
                ? Optional.of(attachment.key().place())
                : Optional.empty();
    }

    /** The attachment of that identity, where it runs the program of that state. */
    static Optional<Attachment> present(Identity identity, State state, Survey survey) {
        if (state.progId().isEmpty()) {
            return Optional.empty();
        }
        return survey.now().index().attachments().getOrDefault(state.progId().getAsInt(), List.of()).stream()
                .filter(attachment -> Identity.of(attachment).equals(identity))
                .findFirst();
    }

    /** {@code xdp_fw #3815}. */
    static String named(State state) {
        String id = state.progId().isPresent() ? Phrases.id(state.progId().getAsInt()) : "a classic filter";
        return state.progName().isEmpty() ? id : state.progName() + " " + id;
    }

    /** A line of evidence. */
    static String facts(State state) {
        return state.program()
                        .map(Phrases::facts)
                        .orElseGet(() -> named(state) + (state.tag().isEmpty() ? "" : ": tag " + state.tag()))
                + (state.owners().isEmpty()
                        ? ""
                        : ", held by "
                                + Phrases.list(state.owners().stream()
                                        .map(Owner::label)
                                        .toList()));
    }

    /** {@code at 22:50:01Z by fwd 812}. */
    static String when(Occurrence occurrence, Instant now) {
        return "at " + Phrases.moment(occurrence.at(), now)
                + occurrence.by().map(Chronology::by).orElse("");
    }

    private static String by(Author author) {
        return " by " + author.comm()
                + (author.pid().isPresent()
                        ? " " + Integer.toUnsignedString(author.pid().getAsInt())
                        : "");
    }

    /** Who stood behind it: units, containers, or else command names. */
    static Set<String> agents(State state) {
        Set<String> agents = new HashSet<>();
        state.owners().forEach(owner -> agents.add(Observers.group(owner.holder())));
        return agents;
    }

    /** Whether one agent stands behind both, as far as it is known. */
    static boolean isOneAgent(State before, State after, Optional<Author> by) {
        Set<String> agents = agents(before);
        boolean isAuthor = by.isPresent()
                && before.owners().stream()
                        .anyMatch(owner -> owner.holder().comm().equals(by.get().comm()));
        return isAuthor || agents(after).stream().anyMatch(agents::contains);
    }
}
