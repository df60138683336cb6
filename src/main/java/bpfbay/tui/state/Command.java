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
import static bpfbay.tui.state.Key.Name.UP;

import bpfbay.tui.table.View;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
    PROBLEMS(Section.VIEWS, "problems", "", "what could not be seen, and why", Key.of('!')),

    UP_ONE(Section.MOVING, "up", "", "one row up", Key.of('k'), Key.of(UP)),
    DOWN_ONE(Section.MOVING, "down", "", "one row down", Key.of('j'), Key.of(DOWN)),
    UP_PAGE(Section.MOVING, "page-up", "", "one screen up", Key.of(PAGE_UP)),
    DOWN_PAGE(Section.MOVING, "page-down", "", "one screen down", Key.of(PAGE_DOWN)),
    FIRST(Section.MOVING, "first", "", "to the first row", Key.of('g'), Key.of(HOME)),
    LAST(Section.MOVING, "last", "", "to the last row", Key.of('G'), Key.of(END)),
    OPEN(Section.MOVING, "open", "", "details of the row, then its interface's path", Key.of(ENTER)),
    PATH(Section.MOVING, "path", "[IFACE]", "what a packet meets on the interface", Key.of('i')),
    BACK(Section.MOVING, "back", "", "back; at home drops the filter", Key.of(ESC), Key.of(BACKSPACE), Key.of(LEFT)),
    GOTO(Section.MOVING, "goto", "REF", "to the attachment of that ref"),

    FILTER(Section.LOOKING, "filter", "[WORDS]", "rows that hold every word; !word without", Key.of('/')),
    SORT(Section.LOOKING, "sort", "[COLUMN]", "by the next column, at last as they run", Key.of('o')),
    REVERSE(Section.LOOKING, "reverse", "", "turn the order round", Key.of('O')),
    NETNS(Section.LOOKING, "netns", "[NAME]", "the row's network namespace, or all again", Key.of('n')),
    PAUSE(Section.LOOKING, "pause", "", "hold the picture still, or go on", Key.of('p')),
    STATS(Section.LOOKING, "stats", "[MODE]", "count runs: sample (1 s in 10), on, off", Key.of('r')),
    POLL(Section.LOOKING, "poll", "", "look at the kernel now", Key.of('R')),

    PICK(Section.TAKING, "pick", "", "pick the row for copy; again to let go", Key.of(' ')),
    COPY(Section.TAKING, "copy", "", "ref, or those picked, to your clipboard", Key.of('y')),
    EXPORT(Section.TAKING, "export", "FILE", "write the view to .txt .json .svg or .png", Key.of('e')),

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
        PROGRAM("bpfbay");

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
        return String.join(" ", keys.stream().map(Key::label).toList());
    }

    /** Nothing here changes what runs on the host. */
    public boolean isDangerous() {
        return false;
    }

    public static Optional<Command> of(Key key) {
        return Arrays.stream(values())
                .filter(command -> command.keys.contains(key))
                .findFirst();
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
        return switch (this) {
            case OPEN, PICK ->
                state.desk().selected().isEmpty() ? Optional.of("there is no row to " + word) : Optional.empty();
            case COPY ->
                state.desk().selected().isEmpty() && state.desk().picked().isEmpty()
                        ? Optional.of("there is no row to copy")
                        : Optional.empty();
            case SORT, REVERSE ->
                page instanceof Page.Listing ? Optional.empty() : Optional.of("this page has one order");
            case FILTER ->
                page instanceof Page.Listing
                        ? Optional.empty()
                        : Optional.of("only lists have a filter; Esc goes back to one");
            case NETNS ->
                state.desk().view() == View.ATTACHMENTS && page instanceof Page.Listing
                        ? Optional.empty()
                        : Optional.of("only attachments are listed by namespace");
            case STATS -> isPassive(state) ? Optional.of("--passive switches nothing on") : Optional.empty();
            case EXPORT -> isPassive(state) ? Optional.of("--passive writes nothing") : noPicture(state);
            case PAUSE, PROBLEMS, GOTO, PATH -> noPicture(state);
            default -> Optional.empty();
        };
    }

    private static boolean isPassive(State state) {
        return state.world().conduct() == World.Conduct.PASSIVE;
    }

    private static Optional<String> noPicture(State state) {
        return state.world().live().snapshot().isEmpty() ? Optional.of("there is no picture yet") : Optional.empty();
    }
}
