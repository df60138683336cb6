package bpfbay.tui.state;

import static bpfbay.tui.state.Key.Name.BACKSPACE;
import static bpfbay.tui.state.Key.Name.DOWN;
import static bpfbay.tui.state.Key.Name.END;
import static bpfbay.tui.state.Key.Name.ENTER;
import static bpfbay.tui.state.Key.Name.ESC;
import static bpfbay.tui.state.Key.Name.HOME;
import static bpfbay.tui.state.Key.Name.LEFT;
import static bpfbay.tui.state.Key.Name.PAGE_DOWN;
import static bpfbay.tui.state.Key.Name.PAGE_UP;
import static bpfbay.tui.state.Key.Name.RIGHT;
import static bpfbay.tui.state.Key.Name.TAB;
import static bpfbay.tui.state.Key.Name.UP;

import bpfbay.tui.table.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Everything one can do: its keys, the word that says it on the command line, and one line about it. The
 * only table of keys there is; dispatch, footer, help and README are made from it.
 */
public enum Command {
    ATTACHMENTS(Section.VIEWS, "attachments", "", "attachments by interface, in running order", Key.of('1')),
    PROGRAMS(Section.VIEWS, "programs", "", "every loaded program", Key.of('2')),
    LINKS(Section.VIEWS, "links", "", "every link and what it attaches to", Key.of('3')),
    MAPS(Section.VIEWS, "maps", "", "every map", Key.of('4')),
    PINS(Section.VIEWS, "pins", "", "every pin of every bpffs", Key.of('5')),
    CGROUPS(Section.VIEWS, "cgroups", "", "programs of cgroups, in running order", Key.of('6')),
    FINDINGS(Section.VIEWS, "findings", "", "what is wrong, and what to do about it", Key.of('7')),
    TIMELINE(Section.VIEWS, "timeline", "", "what happened, when, and by whom", Key.of('8')),
    SWAPS(Section.VIEWS, "swaps", "", "swaps, and what became of them", Key.of('9')),
    PROBLEMS(Section.VIEWS, "problems", "", "what could not be seen, and why", Key.of('!')),

    UP_ONE(Section.MOVING, "up", "", "one row up", Key.of('k'), Key.of(UP)),
    DOWN_ONE(Section.MOVING, "down", "", "one row down", Key.of('j'), Key.of(DOWN)),
    UP_PAGE(Section.MOVING, "page-up", "", "one screen up", Key.of(PAGE_UP)),
    DOWN_PAGE(Section.MOVING, "page-down", "", "one screen down", Key.of(PAGE_DOWN)),
    FIRST(Section.MOVING, "first", "", "to the first row", Key.of('g'), Key.of(HOME)),
    LAST(Section.MOVING, "last", "", "to the last row", Key.of('G'), Key.of(END)),
    OPEN(Section.MOVING, "open", "", "details of the row, then its interface's path", Key.of(ENTER)),
    PATH(Section.MOVING, "path", "[IFACE]", "what a packet meets on the interface", Key.of('i')),
    BACK(
            Section.MOVING,
            "back",
            "",
            "back; the filter of a list goes first",
            Key.of(ESC),
            Key.of(BACKSPACE),
            Key.of(LEFT)),
    GOTO(Section.MOVING, "goto", "REF", "to the attachment of that ref"),

    FILTER(Section.LOOKING, "filter", "[WORDS]", "rows that hold every word; !word without", Key.of('/')),
    SORT(Section.LOOKING, "sort", "[COLUMN]", "by the next column, at last as they run", Key.of('o')),
    REVERSE(Section.LOOKING, "reverse", "", "turn the order round", Key.of('O')),
    NETNS(Section.LOOKING, "netns", "[NAME]", "the row's network namespace, or all again", Key.of('n')),
    PAUSE(Section.LOOKING, "pause", "", "hold the picture still, or go on", Key.of('p')),
    DIFF(Section.LOOKING, "diff", "", "mark a moment; at another: what differs", Key.of('d')),
    STATS(Section.LOOKING, "stats", "[MODE]", "count runs: sample (1 s in 10), on, off", Key.of('r')),
    POLL(Section.LOOKING, "poll", "", "look at the kernel now", Key.of('R')),

    PICK(Section.TAKING, "pick", "", "pick the row for swap and copy; again: not", Key.of(' ')),
    COPY(Section.TAKING, "copy", "", "ref, or those picked, to your clipboard", Key.of('y')),
    EXPORT(Section.TAKING, "export", "FILE", "write the view to .txt .json .svg or .png", Key.of('e')),

    SWAP(Section.SWAPPING, "swap", "[CANDIDATE]", "plan to replace the program, or those picked", Key.of('s')),
    CONFIRM(Section.SWAPPING, "confirm", "[ID]", "let a pending swap stay", Key.of('c')),
    UNDO(Section.SWAPPING, "undo", "[ID]", "put the old program back, after asking", Key.of('u')),

    LEAVE(Section.PLAN, "leave", "", "on a plan: leave it; Enter does the same", Key.of(ESC), Key.of(ENTER)),
    TYPE(Section.PLAN, "type", "", "on a plan: type the name that swaps", Key.of('s'), Key.of(TAB)),
    REUSE(Section.PLAN, "reuse", "", "on a plan: maps to take from the live one", Key.of('r')),
    TEST(Section.PLAN, "test", "", "on a plan: run it on sample packets first", Key.of('t')),
    WITHIN(Section.PLAN, "within", "", "on a plan: how long it waits to be confirmed", Key.of('w')),
    CANARY(Section.PLAN, "canary", "", "on a plan of several: some go first, and soak", Key.of('f')),
    PROBE(Section.PLAN, "probe", "", "on a plan: a command that says if it may stay", Key.of('b')),
    RENEW(Section.PLAN, "renew", "", "on a plan: let pins follow to the new one", Key.of('m')),

    EARLIER(Section.TIME, "earlier", "", "in a pause or a replay: one picture back", Key.of(LEFT)),
    LATER(Section.TIME, "later", "", "one picture on", Key.of(RIGHT)),
    CHANGE_BEFORE(Section.TIME, "change-before", "", "back to where something happened", Key.of('[')),
    CHANGE_AFTER(Section.TIME, "change-after", "", "on to where something happens", Key.of(']')),
    FINDING_BEFORE(Section.TIME, "finding-before", "", "back to a new warning, or worse", Key.of('{')),
    FINDING_AFTER(Section.TIME, "finding-after", "", "on to a new warning, or worse", Key.of('}')),
    OLDEST(Section.TIME, "begin", "", "to the first picture", Key.of('<')),
    NEWEST(Section.TIME, "end", "", "to the last picture", Key.of('>')),
    PLAY(Section.TIME, "play", "", "let the pictures follow each other, or stop", Key.of('P')),
    FASTER(Section.TIME, "faster", "", "play at twice the speed", Key.of('+')),
    SLOWER(Section.TIME, "slower", "", "play at half the speed", Key.of('-')),

    HELP(Section.PROGRAM, "help", "", "this page", Key.of('?')),
    LINE(Section.PROGRAM, "line", "", "type a command; Tab completes", Key.of(':')),
    THEME(Section.PROGRAM, "theme", "[NAME]", "dark, light or mono", Key.of('t')),
    REDRAW(Section.PROGRAM, "redraw", "", "draw the screen again", Key.ctrl('l')),
    SUSPEND(Section.PROGRAM, "suspend", "", "back to the shell until fg", Key.ctrl('z')),
    QUIT(Section.PROGRAM, "quit", "", "leave", Key.of('q'), Key.ctrl('c'));

    /** Under which heading help lists it. */
    public enum Section {
        VIEWS("Views"),
        MOVING("Moving"),
        LOOKING("Looking"),
        TAKING("Taking away"),
        SWAPPING("Swapping"),
        PLAN("On a plan, and on what came of it"),
        TIME("In a pause and in a replay"),
        PROGRAM("bpfbay");

        static final List<Section> EVERYWHERE = List.of(VIEWS, MOVING, LOOKING, TAKING, SWAPPING, PROGRAM);
        static final List<Section> LAST = List.of(TIME);

        private final String title;

        Section(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private final Section section;
    private final String word;
    private final String argument;
    private final String tooltip;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Key> keys;

    Command(Section section, String word, String argument, String tooltip, Key... keys) {
        this.section = section;
        this.word = word;
        this.argument = argument;
        this.tooltip = tooltip;
        this.keys = List.of(keys);
    }

    public Section section() {
        return section;
    }

    /** What says it on the command line. */
    public String word() {
        return word;
    }

    /** What may or must follow the word, as usage. */
    public String argument() {
        return argument;
    }

    public String tooltip() {
        return tooltip;
    }

    public List<Key> keys() {
        return keys;
    }

    /** All its keys in one piece of text. */
    public String keyLabels() {
        StringJoiner labels = new StringJoiner(" ");
        for (Key key : keys) {
            labels.add(key.label());
        }
        return labels.toString();
    }

    /** Whether it may change what runs on the host. */
    public boolean isDangerous() {
        return switch (this) {
            case SWAP, CONFIRM, UNDO, TYPE -> true;
            default -> false;
        };
    }

    /**
     * What a key means now: a plan has keys of its own, which mean nothing elsewhere, and where one may go to
     * and fro in time its keys come first.
     */
    public static Optional<Command> of(Key key, State state) {
        List<Section> first = state.desk().page().isOfPlan()
                ? List.of(Section.PLAN)
                : state.world().isTimeFree() ? Section.LAST : List.of();
        return of(key, first).or(() -> of(key, Section.EVERYWHERE)).or(() -> of(key, Section.LAST));
    }

    private static Optional<Command> of(Key key, List<Section> sections) {
        for (Command command : values()) {
            if (sections.contains(command.section) && command.keys.contains(key)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }

    public static Optional<Command> byWord(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }

    /** The view it opens, if it is such a command. */
    public Optional<View> view() {
        return switch (this) {
            case ATTACHMENTS -> Optional.of(View.ATTACHMENTS);
            case PROGRAMS -> Optional.of(View.PROGRAMS);
            case LINKS -> Optional.of(View.LINKS);
            case MAPS -> Optional.of(View.MAPS);
            case PINS -> Optional.of(View.PINS);
            case CGROUPS -> Optional.of(View.CGROUPS);
            default -> Optional.empty();
        };
    }

    /** Why it would do nothing now, in the words that the screen answers with. */
    public Optional<String> whyDisabled(State state) {
        Page page = state.desk().page();
        Optional<String> held = SwapReasons.held(state, this);
        if (held.isPresent()) {
            return held;
        }
        if (section == Section.TIME) {
            return state.world().isTimeFree() ? Optional.empty() : Optional.of("p holds the picture still first");
        }
        if (state.world().conduct() == World.Conduct.REPLAY && isOfHost()) {
            return Optional.of("this is a recording: there is no host to ask");
        }
        return switch (this) {
            case SWAPS, SWAP, CONFIRM, UNDO, LEAVE, TYPE, REUSE, TEST, WITHIN, CANARY, PROBE, RENEW ->
                SwapReasons.of(state, this);
            case OPEN, PICK ->
                !(page instanceof Page.Choosing)
                                && !(page instanceof Page.Found)
                                && !(page instanceof Page.Happened)
                                && state.desk().selected().isEmpty()
                        ? Optional.of("there is no row to " + word)
                        : Optional.empty();
            case COPY ->
                state.desk().selected().isEmpty() && state.desk().picked().isEmpty() && !SwapActions.hasText(page)
                        ? Optional.of("there is no row to copy")
                        : Optional.empty();
            case SORT, REVERSE ->
                page instanceof Page.Listing ? Optional.empty() : Optional.of("this page has one order");
            case FILTER ->
                page.hasFilter() ? Optional.empty() : Optional.of("only lists have a filter; Esc goes back to one");
            case NETNS ->
                (state.desk().view() == View.ATTACHMENTS && page instanceof Page.Listing)
                                || (page instanceof Page.Choosing list
                                        && list.subject().isByNamespace())
                        ? Optional.empty()
                        : Optional.of("only attachments, findings and the timeline are listed by namespace");
            case STATS -> isPassive(state) ? Optional.of("--passive switches nothing on") : Optional.empty();
            case EXPORT -> isPassive(state) ? Optional.of("--passive writes nothing") : noPicture(state);
            case DIFF -> Comparing.whyNot(state);
            case PAUSE, PROBLEMS, GOTO, PATH, FINDINGS, TIMELINE -> noPicture(state);
            default -> Optional.empty();
        };
    }

    /** Whether it asks something of the kernel. */
    private boolean isOfHost() {
        return switch (this) {
            case STATS, POLL, PAUSE, SWAPS, SWAP, CONFIRM, UNDO -> true;
            default -> false;
        };
    }

    private static boolean isPassive(State state) {
        return state.world().conduct() == World.Conduct.PASSIVE;
    }

    private static Optional<String> noPicture(State state) {
        return state.world().live().snapshot().isEmpty() ? Optional.of("there is no picture yet") : Optional.empty();
    }
}
