package bpfbay.tui.state;

import bpfbay.history.Identity;
import bpfbay.history.Recent;
import bpfbay.history.Sight;
import bpfbay.history.Thing;
import bpfbay.model.Attachment;
import bpfbay.model.Device;
import bpfbay.model.NetInterface;
import bpfbay.model.ObjectId;
import bpfbay.model.Places;
import bpfbay.model.Snapshot;
import bpfbay.tui.table.Filter;
import bpfbay.tui.table.HookText;
import bpfbay.tui.table.NetnsChoice;
import bpfbay.tui.table.Row;
import bpfbay.tui.table.Sort;
import bpfbay.tui.table.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** What each command does when it is given without an argument. */
final class Actions {
    private Actions() {}

    static Step run(State state, Command command) {
        return switch (command) {
            case ATTACHMENTS, PROGRAMS, LINKS, MAPS, PINS, CGROUPS ->
                Step.to(show(state, command.view().orElse(View.ATTACHMENTS)));
            case UP_ONE, DOWN_ONE, UP_PAGE, DOWN_PAGE, FIRST, LAST -> Step.to(Moves.run(state, command));
            case SWAPS, SWAP, CONFIRM, UNDO, TYPE, REUSE, TEST, WITHIN, CANARY, PROBE, RENEW ->
                SwapActions.run(state, command);
            case FINDINGS -> Step.to(view(state, TroubleMenus.findings(state)));
            case TIMELINE -> Step.to(view(state, TroubleMenus.timeline(state)));
            case EARLIER,
                    LATER,
                    OLDEST,
                    NEWEST,
                    CHANGE_BEFORE,
                    CHANGE_AFTER,
                    FINDING_BEFORE,
                    FINDING_AFTER,
                    PLAY,
                    FASTER,
                    SLOWER -> TimeActions.run(state, command);
            case LEAVE -> Step.to(back(state));
            case OPEN -> open(state);
            case PATH -> path(state);
            case BACK -> Step.to(back(state));
            case GOTO -> Step.to(state.asking(Prompt.open(Prompt.Kind.COMMAND, "goto ")));
            case FILTER ->
                Step.to(state.asking(
                        Prompt.open(Prompt.Kind.FILTER, state.filter().text())));
            case SORT ->
                Step.to(sort(
                        state, state.desk().sort().next(state.desk().table().columns())));
            case REVERSE -> reverse(state);
            case NETNS -> Step.to(netns(state));
            case PAUSE -> TimeActions.pause(state);
            case DIFF -> Comparing.run(state);
            case STATS -> stats(state, state.world().sampling().next());
            case POLL -> Step.to(state.told("looking at the kernel"), new Effect.PollNow());
            case PICK ->
                Step.to(
                        state.desk().page() instanceof Page.Choosing choosing
                                ? SwapActions.mark(state, choosing)
                                : pick(state));
            case COPY -> copy(state);
            case EXPORT ->
                Step.to(state.asking(Prompt.open(Prompt.Kind.COMMAND, "export bpfbay-" + fileWord(state) + ".txt")));
            case HELP -> Step.to(push(state, new Page.Help()));
            case PROBLEMS -> Step.to(push(state, new Page.Problems()));
            case LINE -> Step.to(state.asking(Prompt.open(Prompt.Kind.COMMAND, "")));
            case THEME -> Step.to(theme(state));
            case REDRAW -> Step.to(state, new Effect.Redraw());
            case SUSPEND -> Step.to(state, new Effect.Suspend());
            case QUIT -> Step.to(state, new Effect.Quit());
        };
    }

    static State show(State state, View view) {
        State shown = state.with(state.desk().showing(view)).with(state.world().forgetFetched());
        return Refresh.rebuild(shown);
    }

    /** A list of its own in the place of whatever was open. */
    private static State view(State state, Page.Choosing page) {
        return Refresh.rebuild(state.with(state.desk().cleared().opened(page)));
    }

    static State sort(State state, Sort sort) {
        return Refresh.relist(state.with(state.desk().sorted(sort)));
    }

    static State filter(State state, String text) {
        return Refresh.relist(state.with(state.desk().filtered(new Filter(text))));
    }

    static Step stats(State state, Sampling mode) {
        String text =
                switch (mode) {
                    case SAMPLE -> "runs are counted 1 s in 10";
                    case ON -> "runs are counted all the time, at 38 ns a run";
                    case OFF -> "runs are not counted";
                };
        return Step.to(state.with(state.world().counting(mode)).told(text), new Effect.Count(mode));
    }

    /** Opens what a row is about; what belongs to it is asked for and comes later. */
    static Step open(State state) {
        if (state.desk().page() instanceof Page.Details) {
            return path(state);
        } else if (state.desk().page() instanceof Page.Choosing choosing) {
            return SwapActions.choose(state, choosing);
        } else if (state.desk().page() instanceof Page.Found || state.desk().page() instanceof Page.Happened) {
            return TroubleMenus.row(state)
                    .map(ref -> toRow(state, ref))
                    .orElseGet(() -> Step.to(state.told("this is about no row that is there")));
        }
        Optional<Row.Item> row = Refresh.selected(state);
        Optional<Snapshot> snapshot = state.world().shown().snapshot();
        if (row.isEmpty() || snapshot.isEmpty()) {
            return Step.to(state);
        }
        Sight sight = row.get()
                .stone()
                .map(Recent.Tombstone::last)
                .orElseGet(() -> Sight.of(snapshot.get(), row.get().thing()));
        State opened = push(state, new Page.Details(row.get().identity(), sight));
        return new Step(opened, row.get().isGone() ? List.of() : wishes(sight));
    }

    /** Places have come and gone, in other moments. */
    static Step toRow(State state, String ref) {
        boolean isThere = state.world().shown().snapshot().stream()
                .flatMap(snapshot -> snapshot.attachments().stream())
                .anyMatch(attachment -> attachment.ref().equals(ref));
        return isThere ? CommandLine.go(state, ref) : Step.to(state.told(ref + " is no row of this moment"));
    }

    private static List<Effect> wishes(Sight sight) {
        List<Effect> wishes = new ArrayList<>();
        if (sight.thing() instanceof Thing.Mapped mapped) {
            wishes.add(new Effect.Fetch(mapped.map().object()));
        }
        sight.program().ifPresent(program -> {
            program.mapIds().forEach(id -> wishes.add(new Effect.Fetch(ObjectId.map(id))));
            wishes.add(new Effect.Fetch(program.object()));
        });
        return wishes;
    }

    static State push(State state, Page page) {
        if (state.desk().page().getClass() == page.getClass()) {
            return state;
        }
        return Refresh.rebuild(state.with(state.desk().opened(page)));
    }

    private static Step path(State state) {
        Optional<Attachment> attachment = attachment(state);
        Optional<Device> device = attachment.flatMap(a -> Places.device(a.place()));
        if (device.isEmpty()) {
            return Step.to(state.told("this row hangs on no interface"));
        }
        return Step.to(path(
                state,
                device.get().netns(),
                device.get().ifindex(),
                device.get().name()));
    }

    static State path(State state, NetInterface device) {
        return path(state, device.netns(), device.ifindex(), device.name());
    }

    private static State path(State state, long netns, int ifindex, String name) {
        return push(state, new Page.Path(netns, ifindex, name));
    }

    /** The attachment under the cursor or on the open page. */
    static Optional<Attachment> attachment(State state) {
        Optional<Thing> thing = state.desk().page() instanceof Page.Details details
                ? Optional.of(details.last().thing())
                : Refresh.selected(state).map(Row.Item::thing);
        return thing.flatMap(
                t -> t instanceof Thing.Attached attached ? Optional.of(attached.attachment()) : Optional.empty());
    }

    private static State back(State state) {
        boolean isFiltered = state.filter().isActive();
        if (isFiltered && !state.desk().isHome() && state.desk().page().hasFilter()) {
            return filter(state, "");
        } else if (!state.desk().isHome()) {
            boolean wasDetails = state.desk().page() instanceof Page.Details;
            State below = state.with(state.desk().closed());
            return Refresh.rebuild(wasDetails ? below.with(below.world().forgetFetched()) : below);
        } else if (isFiltered) {
            return filter(state, "");
        } else if (!state.desk().picked().isEmpty()) {
            return state.with(state.desk().unpicked());
        } else if (state.desk().view() != View.ATTACHMENTS) {
            return show(state, View.ATTACHMENTS);
        }
        return state.told("q leaves bpfbay");
    }

    private static Step reverse(State state) {
        if (state.desk().sort().column().isEmpty()) {
            return Step.to(state.told("rows stand in the order in which they run; o sorts them by a column"));
        }
        return Step.to(sort(state, state.desk().sort().reversed()));
    }

    private static State netns(State state) {
        if (state.desk().netns().inode().isPresent()) {
            return within(state, NetnsChoice.ALL);
        }
        OptionalLong inode = state.desk().page() instanceof Page.Choosing list
                ? TroubleMenus.netns(list)
                : attachment(state).map(a -> HookText.netns(a.place())).orElse(OptionalLong.empty());
        return inode.isPresent()
                ? within(state, NetnsChoice.of(inode.getAsLong()))
                : state.told("this row belongs to no network namespace; :netns NAME chooses one");
    }

    static State within(State state, NetnsChoice choice) {
        return Refresh.relist(state.with(state.desk().within(choice)));
    }

    private static State pick(State state) {
        Optional<Identity> on = state.desk().cursor().on();
        return on.map(identity -> Moves.run(state.with(state.desk().toggled(identity)), Command.DOWN_ONE))
                .orElse(state);
    }

    private static Step copy(State state) {
        if (SwapActions.hasText(state.desk().page())) {
            return Step.to(
                    state.told("sent to your terminal's clipboard: this page"),
                    new Effect.Copy(SwapActions.text(state)));
        }
        List<String> refs = Handles.chosen(state);
        if (refs.isEmpty()) {
            return Step.to(state.told("what was picked is gone"));
        }
        String what = refs.size() == 1 ? refs.get(0) : refs.size() + " refs";
        return Step.to(
                state.told("sent to your terminal's clipboard: " + what), new Effect.Copy(String.join("\n", refs)));
    }

    private static State theme(State state) {
        State next = state.with(state.looks().in(state.looks().theme().next()));
        return next.told("theme " + next.looks().theme().label());
    }

    private static String fileWord(State state) {
        Page page = state.desk().page();
        if (page instanceof Page.Choosing choosing) {
            return choosing.subject().name().toLowerCase(Locale.ROOT).replace('_', '-');
        } else if (page instanceof Page.Found) {
            return "finding";
        } else if (page instanceof Page.Path) {
            return "path";
        } else if (page instanceof Page.Details) {
            return "details";
        } else if (page.isOfPlan() || page instanceof Page.Swapped) {
            return "swap";
        }
        return state.desk().view().word();
    }
}
