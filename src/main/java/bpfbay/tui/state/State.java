package bpfbay.tui.state;

import bpfbay.tui.table.Filter;
import bpfbay.tui.table.NetnsChoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the screen shows.
 *
 * @param prompt the line being typed
 * @param notice the answer to the last key
 * @param history command lines, oldest first
 */
public record State(
        World world,
        Looks looks,
        Desk desk,
        Swaps swaps,
        Optional<Prompt> prompt,
        Optional<Notice> notice,
        List<String> history) {
    public State {
        history = List.copyOf(history);
    }

    public static State start(Looks looks, NetnsChoice netns, Sampling sampling, World.Conduct conduct, Instant now) {
        return new State(
                new World(
                        Feed.NOTHING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        now,
                        sampling,
                        conduct,
                        Map.of()),
                looks,
                Desk.HOME.within(netns),
                Swaps.NOT_ASKED,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    public Filter filter() {
        return desk.filter();
    }

    /** How many rows or lines of the open page the screen can show. */
    public int bodyHeight() {
        return Frame.of(looks.columns(), looks.rows()).bodyHeight(desk.page());
    }

    State with(World other) {
        return new State(other, looks, desk, swaps, prompt, notice, history);
    }

    State with(Looks other) {
        return new State(world, other, desk, swaps, prompt, notice, history);
    }

    State with(Desk other) {
        return new State(world, looks, other, swaps, prompt, notice, history);
    }

    State with(Swaps other) {
        return new State(world, looks, desk, other, prompt, notice, history);
    }

    State asking(Prompt other) {
        return new State(world, looks, desk, swaps, Optional.of(other), Optional.empty(), history);
    }

    State unasked() {
        return new State(world, looks, desk, swaps, Optional.empty(), notice, history);
    }

    State told(String text, Notice.Tone tone) {
        return new State(world, looks, desk, swaps, prompt, Optional.of(new Notice(text, tone, world.now())), history);
    }

    State told(String text) {
        return told(text, Notice.Tone.PLAIN);
    }

    State quiet() {
        return notice.isEmpty() ? this : new State(world, looks, desk, swaps, prompt, Optional.empty(), history);
    }

    State remembering(String line) {
        List<String> lines = new java.util.ArrayList<>(history);
        lines.remove(line);
        lines.add(line);
        return new State(
                world, looks, desk, swaps, prompt, notice, lines.subList(Math.max(0, lines.size() - 50), lines.size()));
    }
}
