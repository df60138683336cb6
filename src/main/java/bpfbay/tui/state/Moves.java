package bpfbay.tui.state;

/** Moving in rows and lines. */
final class Moves {
    private Moves() {}

    static State run(State state, Command command) {
        int height = state.bodyHeight();
        int all = state.desk().page().isTable()
                ? state.desk().table().rows().size()
                : state.desk().text().size();
        int step =
                switch (command) {
                    case UP_ONE -> -1;
                    case DOWN_ONE -> 1;
                    case UP_PAGE -> -Math.max(1, height - 1);
                    case DOWN_PAGE -> Math.max(1, height - 1);
                    case FIRST -> -all;
                    case LAST -> all;
                    default -> 0;
                };
        Desk desk = state.desk();
        if (desk.page().isTable()) {
            return state.with(desk.withCursor(desk.cursor().moved(desk.table(), step, height)));
        }
        Cursor cursor = desk.cursor();
        Cursor moved = new Cursor(cursor.on(), cursor.index(), cursor.top() + step);
        return Refresh.scrolled(state.with(desk.withCursor(moved)));
    }
}
