package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Finding;
import bpfbay.history.Identity;
import bpfbay.history.Occurrence;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.FindingText;
import bpfbay.tui.page.OccurrenceText;
import bpfbay.tui.table.HookText;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What is wrong and what happened: the lists, and the page of one entry. */
final class TroubleMenus {
    private TroubleMenus() {}

    static Page.Choosing findings(State state) {
        return new Page.Choosing(Page.Subject.FINDINGS, "findings, the worst first", Menu.of(found(state)));
    }

    static Page.Choosing timeline(State state) {
        return new Page.Choosing(Page.Subject.TIMELINE, "timeline, the newest first", Menu.of(happened(state)));
    }

    static Offer found(State state) {
        Feed feed = state.world().shown();
        if (feed.account().flatMap(Account::diagnosis).isEmpty()) {
            return Offer.of(
                    List.of(Menu.Entry.text(Line.of(" Not judged yet: the second look at the host is.", Ink.TEXT))));
        }
        Diagnosis diagnosis = feed.diagnosis();
        Sieve sieve = Sieve.within(Page.Subject.FINDINGS, state);
        for (Finding finding : diagnosis.findings()) {
            if (sieve.passes(FindingText.said(finding), finding.rows())) {
                sieve.add(Menu.Entry.of(key(finding), FindingText.brief(finding), new Choice.Found(finding)));
            }
        }
        if (diagnosis.findings().isEmpty()) {
            String judged = diagnosis.notEvaluated().isEmpty() ? "." : ", of what could be judged.";
            sieve.read(List.of(Line.of(" Nothing was found to be wrong" + judged, Ink.TEXT)));
        }
        if (!diagnosis.notEvaluated().isEmpty()) {
            sieve.read(List.of(Line.EMPTY));
            sieve.read(FindingText.notJudged(diagnosis, state.looks().columns()));
        }
        return sieve.offer();
    }

    static Offer happened(State state) {
        Optional<Account> account = state.world().shown().account();
        List<Occurrence> timeline = account.map(Account::timeline).orElse(List.of());
        Sieve sieve = Sieve.within(Page.Subject.TIMELINE, state);
        for (int i = timeline.size() - 1; i >= 0; i--) {
            Occurrence occurrence = timeline.get(i);
            if (sieve.passes(
                    OccurrenceText.said(occurrence),
                    List.of(occurrence.subject().identity()))) {
                sieve.add(Menu.Entry.of(
                        occurrence.at() + " " + i,
                        OccurrenceText.brief(occurrence, state.world().now()),
                        new Choice.Happened(occurrence)));
            }
        }
        account.flatMap(Account::since)
                .ifPresent(since -> sieve.read(List.of(OccurrenceText.since(since, timeline.size()))));
        return sieve.offer();
    }

    private static String key(Finding finding) {
        return finding.code() + " " + finding.refs() + " " + finding.progIds();
    }

    /** Empty for a page of another kind. */
    static Optional<List<Line>> lines(State state) {
        int columns = state.looks().columns();
        if (state.desk().page() instanceof Page.Found found) {
            Optional<Finding> now = now(state, found.finding());
            return Optional.of(FindingText.of(now.orElse(found.finding()), now.isPresent(), columns));
        } else if (state.desk().page() instanceof Page.Happened happened) {
            return Optional.of(OccurrenceText.of(happened.occurrence(), columns));
        }
        return Optional.empty();
    }

    /** As it is found by now, if it is. */
    private static Optional<Finding> now(State state, Finding finding) {
        return state.world().shown().diagnosis().findings().stream()
                .filter(other -> key(other).equals(key(finding)))
                .findFirst();
    }

    /** The ref that the open page is about, where there is one. */
    static Optional<String> row(State state) {
        Optional<String> ref = Optional.empty();
        if (state.desk().page() instanceof Page.Found found) {
            ref = found.finding().refs().stream().findFirst();
        } else if (state.desk().page() instanceof Page.Happened happened
                && happened.occurrence().subject() instanceof Occurrence.Subject.Place place) {
            ref = Optional.of(place.ref());
        }
        return ref;
    }

    /** The network namespace of what the cursor is on, where it is about an attachment there. */
    static OptionalLong netns(Page.Choosing list) {
        Choice chosen = list.menu().chosen().orElse(new Choice.Leave());
        Stream<Identity> about = chosen instanceof Choice.Found found
                ? found.finding().rows().stream()
                : chosen instanceof Choice.Happened happened
                        ? Stream.of(happened.occurrence().subject().identity())
                        : Stream.empty();
        return about.filter(Identity.OfAttachment.class::isInstance)
                .map(identity ->
                        HookText.netns(((Identity.OfAttachment) identity).key().place()))
                .filter(OptionalLong::isPresent)
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    static Step choose(State state, Choice choice) {
        if (choice instanceof Choice.Found found) {
            return Step.to(Actions.push(state, new Page.Found(found.finding())));
        } else if (choice instanceof Choice.Happened happened) {
            return Step.to(Actions.push(state, new Page.Happened(happened.occurrence())));
        }
        return Step.to(state);
    }
}
