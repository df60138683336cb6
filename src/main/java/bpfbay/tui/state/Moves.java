package bpfbay.tui.state;

/** Moving in rows and lines. */
final class Moves {
    private Moves() {}

    static State run(State state, Command command) {
        int height = state.bodyHeight();
        if (state.desk().page() instanceof Page.Choosing choosing) {
            Menu moved = choosing.menu()
                    .moved(step(command, height, choosing.menu().entries().size()), height);
            return Refresh.rebuild(state.with(state.desk().amended(choosing, choosing.with(moved))));
        }
        int all = state.desk().page().isTable()
                ? state.desk().table().rows().size()
                : state.desk().text().size();
        int step = step(command, height, all);
        Desk desk = state.desk();
        if (desk.page().isTable()) {
            return state.with(desk.withCursor(desk.cursor().moved(desk.table(), step, height)));
        }
        Cursor cursor = desk.cursor();
        Cursor moved = new Cursor(cursor.on(), cursor.index(), cursor.top() + step);
        return Refresh.scrolled(state.with(desk.withCursor(moved)));
    }

    private static int step(Command command, int height, int all) {
        return switch (command) {
            case UP_ONE -> -1;
            case DOWN_ONE -> 1;
            case UP_PAGE -> -Math.max(1, height - 1);
            case DOWN_PAGE -> Math.max(1, height - 1);
            case FIRST -> -all;
            case LAST -> all;
            default -> 0;
        };
    }
}
