package bpfbay.tui.state;

import bpfbay.diagnose.Account;
import bpfbay.diagnose.Diagnosis;
import bpfbay.diagnose.Finding;
import bpfbay.history.Occurrence;
import bpfbay.tui.cell.Ink;
import bpfbay.tui.cell.Line;
import bpfbay.tui.page.FindingText;
import bpfbay.tui.page.OccurrenceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong and what happened: the lists, and the page of one entry. */
final class TroubleMenus {
    private TroubleMenus() {}

    static Page.Choosing findings(State state) {
        return new Page.Choosing(Page.Subject.FINDINGS, "findings, the worst first", Menu.of(found(state)));
    }

    static Page.Choosing timeline(State state) {
        return new Page.Choosing(Page.Subject.TIMELINE, "timeline, the newest first", Menu.of(happened(state)));
    }

    static List<Menu.Entry> found(State state) {
        Feed feed = state.world().shown();
        if (feed.account().flatMap(Account::diagnosis).isEmpty()) {
            return List.of(Menu.Entry.text(Line.of(" Not judged yet: the second look at the host is.", Ink.TEXT)));
        }
        Diagnosis diagnosis = feed.diagnosis();
        List<Menu.Entry> entries = new ArrayList<>();
        for (Finding finding : diagnosis.findings()) {
            entries.add(Menu.Entry.of(key(finding), FindingText.brief(finding), new Choice.Found(finding)));
        }
        if (entries.isEmpty()) {
            String judged = diagnosis.notEvaluated().isEmpty() ? "." : ", of what could be judged.";
            entries.add(Menu.Entry.text(Line.of(" Nothing was found to be wrong" + judged, Ink.TEXT)));
        }
        if (!diagnosis.notEvaluated().isEmpty()) {
            entries.add(Menu.Entry.text(Line.EMPTY));
            FindingText.notJudged(diagnosis, state.looks().columns())
                    .forEach(line -> entries.add(Menu.Entry.text(line)));
        }
        return entries;
    }

    static List<Menu.Entry> happened(State state) {
        Optional<Account> account = state.world().shown().account();
        List<Occurrence> timeline = account.map(Account::timeline).orElse(List.of());
        List<Menu.Entry> entries = new ArrayList<>();
        for (int i = timeline.size() - 1; i >= 0; i--) {
            Occurrence occurrence = timeline.get(i);
            entries.add(Menu.Entry.of(
                    occurrence.at() + " " + i,
                    OccurrenceText.brief(occurrence, state.world().now()),
                    new Choice.Happened(occurrence)));
        }
        account.flatMap(Account::since)
                .ifPresent(since -> entries.add(Menu.Entry.text(OccurrenceText.since(since, timeline.size()))));
        return entries;
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

    static Step choose(State state, Choice choice) {
        if (choice instanceof Choice.Found found) {
            return Step.to(Actions.push(state, new Page.Found(found.finding())));
        } else if (choice instanceof Choice.Happened happened) {
            return Step.to(Actions.push(state, new Page.Happened(happened.occurrence())));
        }
        return Step.to(state);
    }
}
